#include "one_thread.h"

#include <oneapi/dnnl/dnnl.h>

#if defined(_WIN32)
#include <windows.h>

#include <initializer_list>
#else
#include <dlfcn.h>
#endif

namespace hillock::onednn {
namespace {

struct OpenMp {
  int (*max_threads)() = nullptr;
  void (*set_num_threads)(int) = nullptr;
};

// The runtime must be the very one that the loaded libdnnl calls, and a process may hold several. So we ask
// the system for the symbols as libdnnl sees them, instead of linking an OpenMP runtime of our own. Windows
// does not look in a library's dependencies: there it is the first that is loaded of those oneDNN is built
// with, Microsoft's before the others because the preset's dnnl.dll calls that one.
#if defined(_WIN32)
void* symbol(const char* name) {
  for (const char* file : {"vcomp140.dll", "libiomp5md.dll", "libomp140.x86_64.dll", "libgomp-1.dll"}) {
    if (HMODULE runtime = GetModuleHandleA(file))
      return reinterpret_cast<void*>(GetProcAddress(runtime, name));
  }
  return nullptr;
}
#else
void* symbol(const char* name) {
  Dl_info library;
  if (!dladdr(reinterpret_cast<void*>(&dnnl_version), &library)) return nullptr;
  void* handle = dlopen(library.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (!handle) return nullptr;
  void* address = dlsym(handle, name);  // looks in the libraries that libdnnl depends on, too
  dlclose(handle);
  return address;
}
#endif

OpenMp find() {
  OpenMp openmp;
  openmp.max_threads = reinterpret_cast<int (*)()>(symbol("omp_get_max_threads"));
  openmp.set_num_threads = reinterpret_cast<void (*)(int)>(symbol("omp_set_num_threads"));
  return openmp;
}

const OpenMp& openmp() {
  static const OpenMp found = find();
  return found;
}

bool is_parallel() { return dnnl_version()->cpu_runtime != DNNL_RUNTIME_SEQ; }

}  // namespace

bool can_limit_threads() {
  return !is_parallel() || (openmp().max_threads != nullptr && openmp().set_num_threads != nullptr);
}

OneThread::OneThread() : former_(is_parallel() ? openmp().max_threads() : 1) {
  if (former_ != 1) openmp().set_num_threads(1);
}

OneThread::~OneThread() {
  if (former_ != 1) openmp().set_num_threads(former_);
}

}  // namespace hillock::onednn
