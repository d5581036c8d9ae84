// Element-wise operations in two steps. A formula whose first operations hold up all the others, as those
// that choose a polynomial do, states them apart as its start; a loop has them done for the next block before
// it finishes one. The processor looks only so far ahead: without that it ran out of work at every block, and
// gelu took a sixth longer.
#pragma once
#include <type_traits>
#include <utility>

namespace hillock::HILLOCK_TARGET {

// finish(v, g, start(v, g)).
template <class Start, class Finish>
struct Steps {
  Start start;
  Finish finish;
  template <class W>
  W operator()(W v, W g) const {
    return finish(v, g, start(v, g));
  }
};
template <class Start, class Finish>
Steps(Start, Finish) -> Steps<Start, Finish>;

// What an operation in one step starts with.
struct Nothing {};

template <class Op, class W>
Nothing start(const Op&, W, W) {
  return {};
}
template <class Op, class W>
W finish(const Op& op, W v, W g, Nothing) {
  return op(v, g);
}
template <class Start, class Finish, class W>
auto start(const Steps<Start, Finish>& op, W v, W g) {
  return op.start(v, g);
}
template <class Start, class Finish, class W, class Started>
W finish(const Steps<Start, Finish>& op, W v, W g, Started started) {
  return op.finish(v, g, started);
}

template <class Op>
constexpr bool kInSteps = false;
template <class Start, class Finish>
constexpr bool kInSteps<Steps<Start, Finish>> = true;

// Whether F states a start, forward and of its slope, with parameters of the types P.
template <class, class F, class V, class... P>
constexpr bool kStarts = false;
template <class F, class V, class... P>
constexpr bool kStarts<std::void_t<decltype(F::start(std::declval<V>(), std::declval<P>()...))>, F, V, P...> =
    true;
template <class, class F, class V, class... P>
constexpr bool kDerivativeStarts = false;
template <class F, class V, class... P>
constexpr bool kDerivativeStarts<
    std::void_t<decltype(F::derivative_start(std::declval<V>(), std::declval<P>()...))>, F, V, P...> = true;

// What a formula is of, which would cost a sum again, and its start.
template <class W, class S>
struct Begun {
  W x;
  S start;
};

// after(f(before(v, g), parameters), g).
template <class F, class V, class Before, class After, class... P>
auto forward_op(Before before, After after, P... p) {
  if constexpr (kStarts<void, F, V, P...>) {
    return Steps{[=](auto v, auto g) {
                   auto x = before(v, g);
                   return Begun<decltype(x), decltype(F::start(x, decltype(v)(p)...))>{
                       x, F::start(x, decltype(v)(p)...)};
                 },
                 [=](auto v, auto g, auto begun) {
                   return after(F::forward(begun.x, begun.start, decltype(v)(p)...), g);
                 }};
  } else {
    return [=](auto v, auto g) { return after(F::forward(before(v, g), decltype(v)(p)...), g); };
  }
}

// The same by the form that F has for what is near 0.
template <class F, class Before, class After>
auto near_op(Before before, After after) {
  return Steps{
      [=](auto v, auto g) { return F::near_start(before(v, g)); },
      [=](auto v, auto g, auto started) { return after(F::forward_near(before(v, g), started), g); }};
}

// g f'(before(v), parameters).
template <class F, class V, class Before, class... P>
auto derivative_op(Before before, P... p) {
  if constexpr (kDerivativeStarts<void, F, V, P...>) {
    return Steps{[=](auto v, auto) { return F::derivative_start(before(v), decltype(v)(p)...); },
                 [=](auto v, auto g, auto started) {
                   return g * F::derivative(before(v), started, decltype(v)(p)...);
                 }};
  } else {
    return [=](auto v, auto g) { return g * F::derivative(before(v), decltype(v)(p)...); };
  }
}

}  // namespace hillock::HILLOCK_TARGET
