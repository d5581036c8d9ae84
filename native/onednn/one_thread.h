// Keeps oneDNN on the calling thread.
#pragma once

namespace hillock::onednn {

// False when the OpenMP runtime that oneDNN uses could not be found, so that it cannot be kept to one thread.
bool can_limit_threads();

// While it lives, parallel regions started by the calling thread have one member: the calling thread. OpenMP
// keeps this number per thread, so no other thread of the host sees it, and the former number comes back at
// the end.
class OneThread {
 public:
  OneThread();
  ~OneThread();
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int former_;
};

}  // namespace hillock::onednn
