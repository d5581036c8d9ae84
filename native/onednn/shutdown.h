// Lets the process end while threads are still inside oneDNN.
#pragma once

#include <atomic>

namespace hillock::onednn {

// exit() destroys oneDNN's global objects while other threads, such as a JVM's daemon threads, may still be
// computing. So every thread says when it is inside, and at exit we first turn newcomers away and then wait
// for the others.
class Presence {
 public:
  Presence();
  ~Presence();
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;

  // False, and not entered, once the process is exiting.
  bool enter();
  void leave() { inside_.store(false, std::memory_order_release); }

  // Waits until the thread is outside, but not for longer than it takes to give up on it.
  void await_outside() const;

 private:
  std::atomic<bool> inside_{false};
};

// Arranges for the above at exit. Objects that oneDNN creates after this call are destroyed before the
// waiting begins, so it must have created its own.
void guard_exit();

}  // namespace hillock::onednn
