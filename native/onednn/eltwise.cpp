#include "builders.h"

namespace hillock::onednn {
namespace {

Recipe forward_recipe(dnnl_prop_kind_t purpose, dnnl_alg_kind_t kind, float alpha, float beta,
                      const Layout& layout) {
  dnnl_primitive_desc_t recipe = nullptr;
  check(dnnl_eltwise_forward_primitive_desc_create(&recipe, engine(), purpose, kind, layout.get(),
                                                   layout.get(), alpha, beta, attributes().get()));
  return Recipe(recipe);
}

// oneDNN has no algorithm with a factor and takes no element-wise post-op here, so a factor is a pass of its
// own.
void add_scale(Operation& operation, float scale, const Layout& layout, std::size_t from, std::size_t to) {
  const Recipe recipe = forward_recipe(dnnl_forward_inference, dnnl_eltwise_linear, scale, 0.0f, layout);
  operation.emplace_back(recipe,
                         std::initializer_list<Step::Argument>{{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}});
}

}  // namespace

Operation eltwise_forward(const Algorithm& f, std::int64_t length) {
  const Layout layout = row_major({length});
  const Recipe recipe = forward_recipe(dnnl_forward_inference, f.kind, f.alpha, f.beta, layout);
  const std::size_t from = f.rate == 1.0f ? 0 : 1;
  Operation operation;
  if (from == 1) add_scale(operation, f.rate, layout, 0, 1);
  operation.emplace_back(recipe,
                         std::initializer_list<Step::Argument>{{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, 1}});
  if (f.scale != 1.0f) add_scale(operation, f.scale, layout, 1, 1);
  return operation;
}

Operation eltwise_backward(const Algorithm& f, Direction direction, std::int64_t length) {
  const Layout layout = row_major({length});
  const Recipe hint = forward_recipe(dnnl_forward_training, f.kind, f.alpha, f.beta, layout);
  dnnl_primitive_desc_t created = nullptr;
  check(dnnl_eltwise_backward_primitive_desc_create(&created, engine(), f.kind, layout.get(), layout.get(),
                                                    layout.get(), f.alpha, f.beta, hint.get(),
                                                    attributes().get()));
  const Recipe recipe(created);
  // linear has no "from y" edition and needs none: its slope reads neither.
  const bool reads_y = direction == Direction::kBackwardFromOutput && f.kind != dnnl_eltwise_linear;
  // What the algorithm itself read or gave back.
  const float inner = reads_y ? 1.0f / f.scale : f.rate;
  const std::size_t from = inner == 1.0f ? 0 : kRoom;
  Operation operation;
  if (from == kRoom) add_scale(operation, inner, layout, 0, kRoom);
  operation.emplace_back(
      recipe,
      std::initializer_list<Step::Argument>{
          {reads_y ? DNNL_ARG_DST : DNNL_ARG_SRC, from}, {DNNL_ARG_DIFF_DST, 1}, {DNNL_ARG_DIFF_SRC, 2}});
  const float outer = f.scale * f.rate;
  if (outer != 1.0f) add_scale(operation, outer, layout, 2, 2);
  return operation;
}

}  // namespace hillock::onednn
