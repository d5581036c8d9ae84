// The hash of a kernel's outputs over all 2^32 inputs, as `hillock check` computes it: for platforms and
// emulators on which no JVM could go through them all. Compare with identity.txt.
//   hillock_sweep TARGET FUNCTION forward|backward|backward_from_output [PARAMETER...]
#include <hillock.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

// As in Hash.java: the sum of a mix of each block of neighbouring inputs, whose outputs' bits are added up,
// each times a key of its place.
constexpr int kBlock = 1 << 13;
constexpr uint64_t kBlocks = (UINT64_C(1) << 32) / kBlock;

static uint64_t mix(uint64_t value) {
  uint64_t z = (value + 1) * UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

static int64_t canonical(float y) {
  int32_t bits;
  std::memcpy(&bits, &y, sizeof bits);
  return y == y ? bits : 0x7fc00000;
}

struct Sweep {
  int64_t forward = 0, kernel = 0;  // forward makes the outputs that a slope from the output reads
  double p[3] = {};
  bool backward = false;

  uint64_t hash(uint64_t first, uint64_t step) const {
    std::vector<uint64_t> keys(kBlock);
    for (int i = 0; i < kBlock; i++) keys[i] = mix(static_cast<uint64_t>(i)) | 1;
    std::vector<float> x(kBlock), dy(kBlock, 1.0f), y(kBlock);
    uint64_t total = 0;
    for (uint64_t block = first; block < kBlocks; block += step) {
      for (int i = 0; i < kBlock; i++) {
        const uint32_t bits = static_cast<uint32_t>(block * kBlock + static_cast<uint64_t>(i));
        std::memcpy(&x[i], &bits, sizeof bits);
      }
      if (forward != 0) run(forward, x.data(), nullptr, x.data());
      run(kernel, x.data(), backward ? dy.data() : nullptr, y.data());
      uint64_t sum = 0;
      for (int i = 0; i < kBlock; i++) sum += keys[i] * static_cast<uint64_t>(canonical(y[i]));
      total += mix(sum ^ block << 32);
    }
    return total;
  }

 private:
  void run(int64_t k, const float* x, const float* dy, float* y) const {
    hillock_eltwise(k, p[0], p[1], p[2], x, 0, dy, 0, y, 0, kBlock, 0);
  }
};

struct Function {
  int number, parameters;
};

// From "0:identity() 1:sigmoid() 4:leaky_relu(alpha) ...".
static Function function_of(const std::string& name) {
  const std::string all = hillock_functions();
  const size_t at = all.find(":" + name + "(");
  if (at == std::string::npos) return {-1, 0};
  const size_t before = all.rfind(' ', at);
  const std::string names = all.substr(all.find('(', at) + 1, all.find(')', at) - all.find('(', at) - 1);
  int parameters = names.empty() ? 0 : 1;
  for (char c : names) parameters += c == ',';
  return {std::atoi(all.c_str() + (before == std::string::npos ? 0 : before + 1)), parameters};
}

// A hillock_direction, or -1 for another word.
static int direction_of(const std::string& word) {
  if (word == "forward") return HILLOCK_FORWARD;
  if (word == "backward") return HILLOCK_BACKWARD;
  return word == "backward_from_output" ? HILLOCK_BACKWARD_FROM_OUTPUT : -1;
}

int main(int count, char** words) {
  const int direction = count < 4 ? -1 : direction_of(words[3]);
  if (direction < 0 || count > 7) {
    std::fprintf(stderr,
                 "hillock_sweep TARGET FUNCTION forward|backward|backward_from_output [PARAMETER...]\n");
    return 2;
  }
  int target = 0;
  while (target < hillock_target_count() && std::strcmp(hillock_target_name(target), words[1]) != 0) target++;
  const auto [function, parameters] = function_of(words[2]);
  if (parameters != count - 4) {
    std::fprintf(stderr, "%s has %d parameters, %d are given\n", words[2], parameters, count - 4);
    return 2;
  }
  Sweep sweep;
  sweep.kernel = hillock_eltwise_kernel(target, HILLOCK_FLOAT32, direction, function);
  if (direction == HILLOCK_BACKWARD_FROM_OUTPUT)
    sweep.forward = hillock_eltwise_kernel(target, HILLOCK_FLOAT32, HILLOCK_FORWARD, function);
  sweep.backward = direction != HILLOCK_FORWARD;
  for (int i = 4; i < count; i++) sweep.p[i - 4] = static_cast<float>(std::atof(words[i]));
  if (sweep.kernel <= 0) {
    std::fprintf(stderr, "no kernel for %s %s on %s\n", words[2], words[3], words[1]);
    return 2;
  }
  std::vector<std::thread> threads;
  const unsigned cores = std::thread::hardware_concurrency() > 1 ? std::thread::hardware_concurrency() : 1;
  std::vector<uint64_t> parts(cores);
  for (unsigned t = 0; t < cores; t++) threads.emplace_back([&, t] { parts[t] = sweep.hash(t, cores); });
  for (std::thread& thread : threads) thread.join();
  uint64_t hash = 0;
  for (uint64_t part : parts) hash += part;
  std::printf("%s %s all %016llx\n", words[2], words[3], static_cast<unsigned long long>(hash));
  return 0;
}
