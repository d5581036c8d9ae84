#include "operation.h"

namespace hillock::onednn {
namespace {

// Calls one of oneDNN's creators, whose first argument receives the object, and owns the result.
template <class Owner, class Create, class... Arguments>
Owner create(Create creator, Arguments... arguments) {
  typename Owner::pointer object = nullptr;
  check(creator(&object, arguments...));
  return Owner(object);
}

}  // namespace

dnnl_engine_t engine() {
  static const dnnl_engine_t cpu = [] {
    dnnl_engine_t created = nullptr;
    check(dnnl_engine_create(&created, dnnl_cpu, 0));
    return created;
  }();
  return cpu;
}

Layout strided(std::initializer_list<dnnl_dim_t> sizes, std::initializer_list<dnnl_dim_t> strides) {
  return create<Layout>(dnnl_memory_desc_create_with_strides, static_cast<int>(sizes.size()), sizes.begin(),
                        dnnl_f32, strides.begin());
}

Layout row_major(std::initializer_list<dnnl_dim_t> sizes) {
  constexpr dnnl_format_tag_t tags[] = {dnnl_format_tag_undef, dnnl_a, dnnl_ab, dnnl_abc};
  return create<Layout>(dnnl_memory_desc_create_with_tag, static_cast<int>(sizes.size()), sizes.begin(),
                        dnnl_f32, tags[sizes.size()]);
}

Attributes attributes() {
  Attributes result = create<Attributes>(dnnl_primitive_attr_create);
  check(dnnl_primitive_attr_set_fpmath_mode(result.get(), dnnl_fpmath_mode_strict));
  check(dnnl_primitive_attr_set_deterministic(result.get(), 1));
  check(dnnl_primitive_attr_set_scratchpad_mode(result.get(), dnnl_scratchpad_mode_user));
  return result;
}

Step::Step(const Recipe& recipe, std::initializer_list<Argument> arguments)
    : primitive_(create<Primitive>(dnnl_primitive_create, recipe.get())) {
  for (const Argument& argument : arguments) {
    add(dnnl_primitive_desc_query_md(recipe.get(), dnnl_query_exec_arg_md, argument.role), argument);
  }
  const const_dnnl_memory_desc_t scratch =
      dnnl_primitive_desc_query_md(recipe.get(), dnnl_query_scratchpad_md, 0);
  scratch_bytes_ = dnnl_memory_desc_get_size(scratch);
  if (scratch_bytes_ > 0) add(scratch, {DNNL_ARG_SCRATCHPAD, kScratch});
}

void Step::add(const_dnnl_memory_desc_t layout, Argument argument) {
  memories_.push_back(
      create<Memory>(dnnl_memory_create, layout, engine(), static_cast<void*>(DNNL_MEMORY_NONE)));
  operands_.push_back(argument.operand);
  if (argument.operand == kRoom) room_bytes_ = dnnl_memory_desc_get_size(layout);
  arguments_.push_back({argument.role, memories_.back().get()});
}

dnnl_status_t Step::run(dnnl_stream_t stream, const Operands& operands) const {
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    const dnnl_status_t status = dnnl_memory_set_data_handle(arguments_[i].memory, operands[operands_[i]]);
    if (status != dnnl_success) return status;
  }
  const dnnl_status_t status = dnnl_primitive_execute(primitive_.get(), stream,
                                                      static_cast<int>(arguments_.size()), arguments_.data());
  return status == dnnl_success ? dnnl_stream_wait(stream) : status;
}

}  // namespace hillock::onednn
