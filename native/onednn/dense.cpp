#include "builders.h"

namespace hillock::onednn {
namespace {

Layout matrix(std::int64_t rows, std::int64_t columns, const Matrix& m) {
  return m.transposed ? strided({rows, columns}, {1, m.leading}) : strided({rows, columns}, {m.leading, 1});
}

// The sum with the former content comes first, then the activation between its factors.
Attributes attributes_of(const Product& p) {
  dnnl_post_ops_t created = nullptr;
  check(dnnl_post_ops_create(&created));
  const PostOps after(created);
  if (p.accumulate) check(dnnl_post_ops_append_sum(after.get(), 1.0f, 0, dnnl_data_type_undef));
  if (p.activation) {
    const Algorithm& f = *p.activation;
    if (f.rate != 1.0f) check(dnnl_post_ops_append_eltwise(after.get(), dnnl_eltwise_linear, f.rate, 0.0f));
    check(dnnl_post_ops_append_eltwise(after.get(), f.kind, f.alpha, f.beta));
    if (f.scale != 1.0f) check(dnnl_post_ops_append_eltwise(after.get(), dnnl_eltwise_linear, f.scale, 0.0f));
  }
  Attributes result = attributes();
  check(dnnl_primitive_attr_set_post_ops(result.get(), after.get()));
  return result;
}

}  // namespace

Operation product(const Product& p) {
  const Layout a = matrix(p.rows, p.inner, p.a);
  const Layout b = matrix(p.inner, p.columns, p.b);
  const Layout bias = row_major({1, p.columns});
  const Layout c = matrix(p.rows, p.columns, {p.c_leading, false});
  dnnl_primitive_desc_t created = nullptr;
  check(dnnl_matmul_primitive_desc_create(&created, engine(), a.get(), b.get(),
                                          p.has_bias ? bias.get() : nullptr, c.get(),
                                          attributes_of(p).get()));
  const Recipe recipe(created);
  Operation operation;
  if (p.has_bias) {
    operation.emplace_back(
        recipe, std::initializer_list<Step::Argument>{
                    {DNNL_ARG_SRC, 0}, {DNNL_ARG_WEIGHTS, 1}, {DNNL_ARG_BIAS, 2}, {DNNL_ARG_DST, 3}});
  } else {
    operation.emplace_back(recipe, std::initializer_list<Step::Argument>{
                                       {DNNL_ARG_SRC, 0}, {DNNL_ARG_WEIGHTS, 1}, {DNNL_ARG_DST, 3}});
  }
  return operation;
}

}  // namespace hillock::onednn
