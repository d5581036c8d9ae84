'use strict';
// GELU's two forms, the dips of the self-gated functions, and what the ReLU family does with a unit that drifts down.
const family = (() => {
  const {byId, element, number} = dom;

  function points(sampled, from, to, value) {
    const first = sampled.nearest(from);
    return Array.from({length: sampled.nearest(to) - first + 1}, (_, i) => [sampled.x(first + i), value(first + i)]);
  }

  async function difference() {
    const [exact, approximate] = await Promise.all(
      ['gelu', 'gelu_tanh'].map(name => source.curve(source.named(name))));
    const line = points(exact, -6, 6, i => approximate.y[i] - exact.y[i]);
    const largest = line.reduce((most, [, y]) => Math.max(most, Math.abs(y)), 0);
    byId('gelu-gap').textContent = number(largest, 3);
    chart.lines(byId('gelu-difference'), {height: 240}).show({
      label: 'gelu_tanh minus gelu', xRange: [-6, 6], yRange: [-1.15 * largest, 1.15 * largest],
      lines: [{points: line, colour: 'var(--c1)'}],
    });
  }

  async function dips() {
    const names = ['silu', 'gelu', 'gelu_tanh', 'mish', 'hardswish'].filter(name => source.named(name));
    const sampled = await Promise.all(names.map(name => source.curve(source.named(name))));
    const colour = i => `var(--c${i})`;
    const lowest = sampled.map(curve => curve.y.indexOf(Math.min(...curve.y)));
    chart.lines(byId('dips'), {height: 240}).show({
      label: 'The dips of ' + names.join(', '), xRange: [-6, 1], yRange: [-0.45, 0.45],
      lines: sampled.map((curve, i) => ({points: points(curve, -6, 1, j => curve.y[j]), colour: colour(i)})),
      marks: sampled.map((curve, i) => ({x: curve.x(lowest[i]), y: curve.y[lowest[i]], colour: colour(i)})),
    });
    byId('dip-table').replaceChildren(
      element('thead', {}, element('tr', {}, ...['function', 'lowest value', 'near x', 'slope at −3', 'f(−1)'].map((text, i) =>
        element('th', {scope: 'col', class: i ? 'number' : ''}, text)))),
      element('tbody', {}, ...names.map((name, i) => element('tr', {style: `--colour: ${colour(i)}`},
        element('th', {scope: 'row'}, element('span', {class: 'swatch'}), name),
        ...[sampled[i].y[lowest[i]], sampled[i].x(lowest[i]), sampled[i].slope[sampled[i].nearest(-3)],
          sampled[i].y[sampled[i].nearest(-1)]].map(value => element('td', {class: 'number'}, number(value, 5)))))));
  }

  // The share of normal inputs that meets a slope of exactly 0, and the mean magnitude of the slope.
  function fate(sampled, mean) {
    let weights = 0;
    let flat = 0;
    let slope = 0;
    for (let i = 0; i < source.data.count; i++) {
      const weight = Math.exp(-0.5 * (sampled.x(i) - mean) ** 2);
      weights += weight;
      flat += sampled.slope[i] === 0 ? weight : 0;
      slope += Math.abs(sampled.slope[i]) * weight;
    }
    return {flat: flat / weights, slope: slope / weights};
  }

  async function begin() {
    difference();
    dips();
    const names = ['relu', 'relu6', 'leaky_relu', 'elu', 'selu', 'celu', 'softplus', 'gelu', 'silu', 'hardswish']
      .filter(name => source.named(name));
    const sampled = await Promise.all(names.map(name => source.curve(source.named(name))));
    const input = byId('family-mean');
    const table = element('table', {style: 'width: 100%'});
    byId('family-chart').append(element('div', {class: 'scroll'}, table));

    function show() {
      const mean = Number(input.value);
      const fates = sampled.map(curve => fate(curve, mean));
      table.replaceChildren(
        element('thead', {}, element('tr', {}, ...['function', 'slope 0', '', 'mean |slope|', ''].map(text =>
          element('th', {scope: 'col'}, text)))),
        element('tbody', {}, ...names.map((name, i) => element('tr', {},
          element('th', {scope: 'row'}, name),
          element('td', {class: 'number'}, (100 * fates[i].flat).toFixed(1) + ' %'),
          element('td', {class: 'bar-cell'}, element('div', {class: 'bar', style: `width: ${100 * fates[i].flat}%; background: var(--c1)`})),
          element('td', {class: 'number'}, number(fates[i].slope, 3)),
          element('td', {class: 'bar-cell'}, element('div', {class: 'bar', style: `width: ${Math.min(100, 80 * fates[i].slope)}%`}))))));
      const dead = names.filter((_, i) => fates[i].flat > 0.99);
      byId('family-words').textContent = dead.length
        ? `Over 99 % of the inputs give ${dead.join(', ')} no gradient: as good as dead. The others still learn, if slowly.`
        : 'Move the mean down and see which functions keep a gradient.';
    }

    dom.slider(input, number, show);
    show();
  }

  return {begin};
})();
