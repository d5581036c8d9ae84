#include "builders.h"

namespace hillock::onednn {
namespace {

constexpr int kAxis = 1;

// Without the inner dimension of 1 oneDNN finds its fast kernel for rows.
Layout layout_of(std::int64_t outer, std::int64_t axis, std::int64_t inner) {
  return inner == 1 ? row_major({outer, axis}) : row_major({outer, axis, inner});
}

dnnl_alg_kind_t kind(bool logarithm) { return logarithm ? dnnl_softmax_log : dnnl_softmax_accurate; }

Recipe forward_recipe(dnnl_prop_kind_t purpose, bool logarithm, const Layout& layout) {
  dnnl_primitive_desc_t recipe = nullptr;
  check(dnnl_softmax_forward_primitive_desc_create(&recipe, engine(), purpose, kind(logarithm), layout.get(),
                                                   layout.get(), kAxis, attributes().get()));
  return Recipe(recipe);
}

}  // namespace

Operation softmax_forward(bool logarithm, std::int64_t outer, std::int64_t axis, std::int64_t inner) {
  const Recipe recipe = forward_recipe(dnnl_forward_inference, logarithm, layout_of(outer, axis, inner));
  Operation operation;
  operation.emplace_back(recipe, std::initializer_list<Step::Argument>{{DNNL_ARG_SRC, 0}, {DNNL_ARG_DST, 1}});
  return operation;
}

Operation softmax_backward(bool logarithm, std::int64_t outer, std::int64_t axis, std::int64_t inner) {
  const Layout layout = layout_of(outer, axis, inner);
  const Recipe hint = forward_recipe(dnnl_forward_training, logarithm, layout);
  dnnl_primitive_desc_t created = nullptr;
  check(dnnl_softmax_backward_primitive_desc_create(&created, engine(), kind(logarithm), layout.get(),
                                                    layout.get(), layout.get(), kAxis, hint.get(),
                                                    attributes().get()));
  const Recipe recipe(created);
  Operation operation;
  operation.emplace_back(recipe, std::initializer_list<Step::Argument>{
                                     {DNNL_ARG_DST, 0}, {DNNL_ARG_DIFF_DST, 1}, {DNNL_ARG_DIFF_SRC, 2}});
  return operation;
}

}  // namespace hillock::onednn
