#include "builders.h"

namespace hillock::onednn {
namespace {

// As softmax has it, without an inner dimension of 1.
Layout layout_of(std::int64_t outer, std::int64_t channels, std::int64_t inner) {
  return inner == 1 ? row_major({outer, channels}) : row_major({outer, channels, inner});
}

Layout alphas(std::int64_t channels, std::int64_t inner) {
  return inner == 1 ? row_major({1, channels}) : row_major({1, channels, 1});
}

Recipe forward_recipe(dnnl_prop_kind_t purpose, const Layout& layout, const Layout& alpha) {
  dnnl_primitive_desc_t recipe = nullptr;
  check(dnnl_prelu_forward_primitive_desc_create(&recipe, engine(), purpose, layout.get(), alpha.get(),
                                                 layout.get(), attributes().get()));
  return Recipe(recipe);
}

}  // namespace

Operation prelu_forward(std::int64_t outer, std::int64_t channels, std::int64_t inner) {
  const Recipe recipe =
      forward_recipe(dnnl_forward_inference, layout_of(outer, channels, inner), alphas(channels, inner));
  Operation operation;
  operation.emplace_back(recipe, std::initializer_list<Step::Argument>{
                                     {DNNL_ARG_SRC, 0}, {DNNL_ARG_WEIGHTS, 1}, {DNNL_ARG_DST, 2}});
  return operation;
}

Operation prelu_backward(std::int64_t outer, std::int64_t channels, std::int64_t inner) {
  const Layout layout = layout_of(outer, channels, inner);
  const Layout alpha = alphas(channels, inner);
  const Recipe hint = forward_recipe(dnnl_forward_training, layout, alpha);
  dnnl_primitive_desc_t created = nullptr;
  check(dnnl_prelu_backward_primitive_desc_create(&created, engine(), layout.get(), alpha.get(), layout.get(),
                                                  alpha.get(), layout.get(), hint.get(), attributes().get()));
  const Recipe recipe(created);
  Operation operation;
  operation.emplace_back(recipe, std::initializer_list<Step::Argument>{{DNNL_ARG_SRC, 0},
                                                                       {DNNL_ARG_WEIGHTS, 1},
                                                                       {DNNL_ARG_DIFF_DST, 2},
                                                                       {DNNL_ARG_DIFF_SRC, 3},
                                                                       {DNNL_ARG_DIFF_WEIGHTS, 4}});
  return operation;
}

}  // namespace hillock::onednn
