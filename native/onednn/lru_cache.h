// A bounded cache that forgets what was used longest ago.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

namespace hillock::onednn {

// Not synchronised: every thread has its own. A hit allocates nothing.
template <class Key, class Value, class Hash>
class LruCache {
 public:
  explicit LruCache(std::size_t capacity) : capacity_(capacity) {}

  // The value of the key, which becomes the most recently used, or nullptr.
  Value* find(const Key& key) {
    if (!entries_.empty() && entries_.front().first == key) return &entries_.front().second;
    const auto position = positions_.find(key);
    if (position == positions_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, position->second);
    return &entries_.front().second;
  }

  // Adds a key that is not there, at the price of the least recently used one when the cache is full.
  Value* insert(const Key& key, Value value) {
    if (entries_.size() == capacity_) {
      positions_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, std::move(value));
    try {
      positions_.emplace(key, entries_.begin());
    } catch (...) {
      entries_.pop_front();
      throw;
    }
    return &entries_.front().second;
  }

  std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<Key, Value>>;

  std::size_t capacity_;
  Entries entries_;
  std::unordered_map<Key, typename Entries::iterator, Hash> positions_;
};

}  // namespace hillock::onednn
