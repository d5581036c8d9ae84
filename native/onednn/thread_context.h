// What one thread keeps between calls.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

#include "hillock_onednn.h"
#include "lru_cache.h"
#include "operation.h"
#include "shutdown.h"

namespace hillock::onednn {

// Everything that decides what a primitive computes, as numbers; what is unused stays 0.
struct Key {
  std::array<std::int64_t, 16> words;

  template <class... Words>
  static Key of(Words... words) {
    static_assert(sizeof...(words) <= 16);
    return {{static_cast<std::int64_t>(words)...}};
  }
  bool operator==(const Key& other) const { return words == other.words; }
};

struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::uint64_t hash = 0;
    for (const std::int64_t word : key.words) {
      hash = (hash ^ static_cast<std::uint64_t>(word)) * 0x9e3779b97f4a7c15u;
      hash ^= hash >> 29;
    }
    return static_cast<std::size_t>(hash);
  }
};

inline std::int64_t bits(float value) {
  std::int32_t result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

class ThreadContext {
 public:
  static ThreadContext& current() {
    static thread_local ThreadContext context;
    return context;
  }

  // Once the process is exiting, oneDNN may be gone, and what it made is left to the system.
  ~ThreadContext() {
    if (presence_.enter()) {
      kept_.reset();
      presence_.leave();
    } else {
      kept_.release();
    }
  }

  Presence& presence() { return presence_; }
  int cached() const { return static_cast<int>(kept_->operations.size()); }
  Operation* find(const Key& key) { return kept_->operations.find(key); }

  void keep(const Key& key, Operation operation) {
    if (!kept_->stream) {
      dnnl_stream_t stream = nullptr;
      check(dnnl_stream_create(&stream, engine(), dnnl_stream_default_flags));
      kept_->stream.reset(stream);
    }
    for (const Step& step : operation) {
      kept_->scratch.reserve(step.scratch_bytes());
      kept_->room.reserve(step.room_bytes());
    }
    kept_->operations.insert(key, std::move(operation));
  }

  dnnl_status_t run(const Operation& operation, Operands& operands) {
    operands[kScratch] = kept_->scratch.start();
    operands[kRoom] = kept_->room.start();
    for (const Step& step : operation) {
      const dnnl_status_t status = step.run(kept_->stream.get(), operands);
      if (status != dnnl_success) return status;
    }
    return dnnl_success;
  }

 private:
  // As many bytes as were asked for at most.
  class Buffer {
   public:
    void* start() const { return memory_.get(); }
    void reserve(std::size_t bytes) {
      if (bytes <= bytes_) return;
      memory_.reset(::operator new(bytes, kCacheLine));
      bytes_ = bytes;
    }

   private:
    static constexpr std::align_val_t kCacheLine{64};
    struct Free {
      void operator()(void* memory) const { ::operator delete(memory, kCacheLine); }
    };
    std::unique_ptr<void, Free> memory_;
    std::size_t bytes_ = 0;
  };

  struct Kept {
    Stream stream;
    LruCache<Key, Operation, KeyHash> operations{HILLOCK_ONEDNN_CACHE_CAPACITY};
    // One for all operations of the thread: they never run at the same time.
    Buffer scratch, room;
  };

  Presence presence_;
  std::unique_ptr<Kept> kept_ = std::make_unique<Kept>();
};

}  // namespace hillock::onednn
