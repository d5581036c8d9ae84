// Many threads at once; oneDNN starts none of its own; the cache is bounded; exit with calls under way.
#include <dirent.h>
#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "check.h"

namespace {

// The threads of this process, or -1 where the system does not list them.
long thread_count() {
  DIR* tasks = opendir("/proc/self/task");
  if (!tasks) return -1;
  long count = 0;
  while (const dirent* entry = readdir(tasks)) count += entry->d_name[0] != '.';
  closedir(tasks);
  return count;
}

int tanh_of(const std::vector<float>& x, std::vector<float>& y, std::int64_t length) {
  const int function = hillock_onednn_function("tanh");
  return check::prepared(x.data(), [&](std::int64_t from) {
    return hillock_onednn_eltwise_forward(function, 0, 0, length, nullptr, from, y.data(), 0);
  });
}

int product(const std::vector<float>& a, const std::vector<float>& b, std::vector<float>& c, std::int64_t n) {
  return check::prepared(a.data(), [&](std::int64_t from) {
    return hillock_onednn_dense_forward(HILLOCK_ONEDNN_NO_FUNCTION, 0, 0, 0, n, n, n, nullptr, from, n,
                                        b.data(), 0, n, nullptr, 0, c.data(), 0, n);
  });
}

constexpr std::int64_t kLong = 1 << 20;
constexpr std::int64_t kSide = 256;

void the_cache_is_bounded() {
  const std::vector<float> x = check::values(1000, 3, 12);
  std::vector<float> y(1000);
  const int function = hillock_onednn_function("tanh");
  std::thread([&] {
    check::equal(hillock_onednn_eltwise_forward(function, 0, 0, 10, x.data(), 0, y.data(), 0),
                 HILLOCK_ONEDNN_NOT_PREPARED, "a new thread has prepared nothing");
    for (std::int64_t length = 1; length <= 3 * HILLOCK_ONEDNN_CACHE_CAPACITY; ++length) {
      check::equal(tanh_of(x, y, length), HILLOCK_ONEDNN_OK, "tanh");
      check::equal(tanh_of(x, y, 1), HILLOCK_ONEDNN_OK, "tanh of one element, always in use");
    }
    check::equal(hillock_onednn_cached_primitives(), HILLOCK_ONEDNN_CACHE_CAPACITY, "primitives kept");
    check::equal(hillock_onednn_eltwise_forward(function, 0, 0, 1, x.data(), 0, y.data(), 0),
                 HILLOCK_ONEDNN_OK, "what is used often stays");
    check::equal(hillock_onednn_eltwise_forward(function, 0, 0, 2, x.data(), 0, y.data(), 0),
                 HILLOCK_ONEDNN_NOT_PREPARED, "what was used long ago goes");
  }).join();
}

void many_threads_get_one_result_and_no_helpers() {
  const std::vector<float> x = check::values(kLong, 3, 13);
  const std::vector<float> a = check::values(kSide * kSide, 1, 14);
  std::vector<float> y_want(kLong), c_want(kSide * kSide);
  check::equal(tanh_of(x, y_want, kLong), HILLOCK_ONEDNN_OK, "tanh");
  check::equal(product(a, a, c_want, kSide), HILLOCK_ONEDNN_OK, "product");
  const long before = thread_count();
  constexpr int kThreads = 4;
  std::atomic<int> finished{0};
  std::atomic<bool> release{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      std::vector<float> y(kLong), c(kSide * kSide);
      for (int round = 0; round < 5; ++round) {
        check::equal(tanh_of(x, y, kLong), HILLOCK_ONEDNN_OK, "tanh");
        check::equal(product(a, a, c, kSide), HILLOCK_ONEDNN_OK, "product");
        check::that(y == y_want && c == c_want, "threads disagree");
      }
      ++finished;
      while (!release) std::this_thread::yield();
    });
  }
  while (finished < kThreads) std::this_thread::yield();
  check::equal(thread_count(), before < 0 ? -1 : before + kThreads, "threads of the process");
  release = true;
  for (std::thread& thread : threads) thread.join();
}

// The caller's own OpenMP setting is as it was, and would have allowed more threads.
void the_setting_of_the_host_stays() {
  void* runtime = dlopen("libgomp.so.1", RTLD_LAZY | RTLD_NOLOAD);
  if (!runtime) return;
  const auto max_threads = reinterpret_cast<int (*)()>(dlsym(runtime, "omp_get_max_threads"));
  const auto set_num_threads = reinterpret_cast<void (*)(int)>(dlsym(runtime, "omp_set_num_threads"));
  set_num_threads(3);
  const std::vector<float> x = check::values(kLong, 3, 15);
  std::vector<float> y(kLong);
  const long before = thread_count();
  check::equal(tanh_of(x, y, kLong), HILLOCK_ONEDNN_OK, "tanh");
  check::equal(max_threads(), 3, "the host's number of OpenMP threads");
  check::equal(thread_count(), before, "threads of the process");
}

// Like a JVM's daemon threads: still computing when main returns. Nothing to check but that exit is clean.
void threads_outlive_main() {
  for (int t = 0; t < 3; ++t) {
    std::thread([] {
      const std::vector<float> x = check::values(4096, 3, 16);
      std::vector<float> y(4096);
      for (std::int64_t length = 1;; length = length % 4096 + 1) {
        if (tanh_of(x, y, length) != HILLOCK_ONEDNN_OK) return;
      }
    }).detach();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace

int main() {
  check::equal(hillock_onednn_open(), HILLOCK_ONEDNN_OK, "open");
  the_cache_is_bounded();
  many_threads_get_one_result_and_no_helpers();
  the_setting_of_the_host_stays();
  threads_outlive_main();
  return check::result();
}
