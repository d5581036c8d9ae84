// oneDNN's objects, owned, and an operation made of them that runs again and again on different memory.
#pragma once

#include <oneapi/dnnl/dnnl.h>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <vector>

namespace hillock::onednn {

// Thrown while an operation is built, caught at the ABI.
struct Refused {
  dnnl_status_t status;
};

inline void check(dnnl_status_t status) {
  if (status != dnnl_success) throw Refused{status};
}

template <auto kDestroy>
struct Destroy {
  template <class T>
  void operator()(T* object) const {
    kDestroy(object);
  }
};

using Attributes = std::unique_ptr<dnnl_primitive_attr, Destroy<dnnl_primitive_attr_destroy>>;
using Layout = std::unique_ptr<dnnl_memory_desc, Destroy<dnnl_memory_desc_destroy>>;
using Memory = std::unique_ptr<dnnl_memory, Destroy<dnnl_memory_destroy>>;
using PostOps = std::unique_ptr<dnnl_post_ops, Destroy<dnnl_post_ops_destroy>>;
using Primitive = std::unique_ptr<dnnl_primitive, Destroy<dnnl_primitive_destroy>>;
using Recipe = std::unique_ptr<dnnl_primitive_desc, Destroy<dnnl_primitive_desc_destroy>>;
using Stream = std::unique_ptr<dnnl_stream, Destroy<dnnl_stream_destroy>>;

// The processor, for the whole process; never destroyed, because threads may outlive main.
dnnl_engine_t engine();

// float32 in row-major order, or with the given strides.
Layout row_major(std::initializer_list<dnnl_dim_t> sizes);
Layout strided(std::initializer_list<dnnl_dim_t> sizes, std::initializer_list<dnnl_dim_t> strides);

// float32 stays float32 whatever the environment says, equal runs give equal results, and scratch memory is
// ours.
Attributes attributes();

// The memory an operation works on: up to five operands of the caller, in the order of the ABI, scratch
// memory of a primitive, and room for what one step leaves to the next.
constexpr std::size_t kScratch = 5, kRoom = 6;
using Operands = std::array<void*, kRoom + 1>;

// One primitive and the operands it takes.
class Step {
 public:
  struct Argument {
    int role;             // DNNL_ARG_…
    std::size_t operand;  // index into Operands
  };

  Step(const Recipe& recipe, std::initializer_list<Argument> arguments);

  dnnl_status_t run(dnnl_stream_t stream, const Operands& operands) const;
  std::size_t scratch_bytes() const { return scratch_bytes_; }
  std::size_t room_bytes() const { return room_bytes_; }

 private:
  void add(const_dnnl_memory_desc_t layout, Argument argument);

  Primitive primitive_;
  std::vector<Memory> memories_;
  std::vector<std::size_t> operands_;
  std::vector<dnnl_exec_arg_t> arguments_;
  std::size_t scratch_bytes_;
  std::size_t room_bytes_ = 0;
};

using Operation = std::vector<Step>;

}  // namespace hillock::onednn
