#include "shutdown.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace hillock::onednn {
namespace {

std::atomic<bool> shutting_down{false};

struct Threads {
  std::mutex mutex;
  std::vector<const Presence*> present;
};

// Never destroyed: threads may come and go after the end of main.
Threads& threads() {
  static Threads* const all = new Threads;
  return *all;
}

struct AtExit {
  ~AtExit() {
    shutting_down.store(true);
    Threads& all = threads();
    const std::lock_guard<std::mutex> lock(all.mutex);
    for (const Presence* presence : all.present) presence->await_outside();
  }
};

}  // namespace

Presence::Presence() {
  Threads& all = threads();
  const std::lock_guard<std::mutex> lock(all.mutex);
  all.present.push_back(this);
}

Presence::~Presence() {
  Threads& all = threads();
  const std::lock_guard<std::mutex> lock(all.mutex);
  all.present.erase(std::find(all.present.begin(), all.present.end(), this));
}

// Both orders are sequentially consistent: either the exiting thread sees us inside, or we see it exiting.
bool Presence::enter() {
  inside_.store(true);
  if (!shutting_down.load()) return true;
  leave();
  return false;
}

void Presence::await_outside() const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (inside_.load() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

void guard_exit() { static const AtExit at_exit; }

}  // namespace hillock::onednn
