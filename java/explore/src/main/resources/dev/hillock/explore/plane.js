'use strict';
// The plane through one layer, and a grid through several. The affine maps are computed here; the activation is the
// kernels' samples.
const plane = (() => {
  const {byId, element, number, options, slider} = dom;

  const affine = (map, [x, y]) => [map.a * x + map.b * y + map.e, map.c * x + map.d * y + map.f];
  const activated = (sampled, [x, y]) => [sampled.value(x), sampled.value(y)];

  function segment(from, to, pieces) {
    return Array.from({length: pieces + 1}, (_, i) =>
      [from[0] + (to[0] - from[0]) * i / pieces, from[1] + (to[1] - from[1]) * i / pieces]);
  }

  // The lines of a square grid of half width 1.
  function grid(lines, pieces) {
    const all = [];
    for (let i = 0; i < lines; i++) {
      const at = -1 + 2 * i / (lines - 1);
      const share = i / (lines - 1);
      all.push({points: segment([at, -1], [at, 1], pieces), colour: `color-mix(in srgb, var(--c0), var(--c6) ${100 * share}%)`});
      all.push({points: segment([-1, at], [1, at], pieces), colour: `color-mix(in srgb, var(--c2), var(--c4) ${100 * share}%)`});
    }
    return all;
  }

  const mapped = (shapes, map) => shapes.map(shape => ({...shape, points: shape.points.map(map)}));

  function reach(shapes) {
    let most = 1;
    shapes.forEach(shape => shape.points.forEach(([x, y]) => { most = Math.max(most, Math.abs(x), Math.abs(y)); }));
    return most * 1.1;
  }

  function beginLayer() {
    const map = {a: 1.2, b: -0.8, c: 0.6, d: 1, e: 0.2, f: -0.3};
    const names = {a: 'W₁₁', b: 'W₁₂', c: 'W₂₁', d: 'W₂₂', e: 'b₁', f: 'b₂'};
    const before = chart.plane(byId('affine-before'));
    const after = chart.plane(byId('affine-after'));
    const select = element('select', {id: 'affine-function'});
    options(select, source.data.functions.map(card => card.name), 'relu');
    const controls = byId('affine-controls');
    controls.append(element('label', {}, 'function ', select));

    const show = dom.latest(() => source.curve(source.named(select.value)), sampled => {
      const shapes = mapped(grid(9, 48), point => affine(map, point));
      const square = reach(shapes);
      before.show({label: 'The square after the affine map', reach: square, shapes});
      const results = mapped(shapes, point => activated(sampled, point));
      after.show({label: `After ${select.value}`, reach: Math.max(square, Math.min(reach(results), 4 * square)), shapes: results});
      byId('affine-caption').textContent = `${select.value}(Wx + b)`;
    });

    for (const [key, name] of Object.entries(names)) {
      const input = element('input', {type: 'range', min: -2, max: 2, step: 0.1, value: map[key], 'aria-label': name});
      const label = element('label', {class: 'slider line'}, element('span', {}, name), input, element('output'));
      controls.append(label);
      slider(input, number, () => { map[key] = Number(input.value); show(); });
    }
    select.addEventListener('change', show);
    show();
  }

  // Numbers that are the same on every visit (the multiplier and modulus of Park and Miller).
  function dice(seed) {
    let state = seed;
    return () => {
      state = state * 48271 % 2147483647;
      return state / 2147483647;
    };
  }

  function layers(count, seed) {
    const random = dice(seed * 7919 + 1);
    for (let i = 0; i < 5; i++) {
      random();
    }
    return Array.from({length: count}, () => {
      const angle = 2 * Math.PI * random();
      const stretch = 0.9 + 0.7 * random();
      const [cos, sin] = [Math.cos(angle) * stretch, Math.sin(angle) * stretch];
      return {a: cos, b: -sin, c: sin, d: cos * (0.6 + 0.4 * random()), e: random() - 0.5, f: random() - 0.5};
    });
  }

  function beginGrid() {
    let seed = 1;
    const without = chart.plane(byId('grid-without'));
    const withIt = chart.plane(byId('grid-with'));
    const select = byId('grid-function');
    const depth = byId('grid-layers');
    options(select, source.data.functions.map(card => card.name), 'tanh');

    const show = dom.latest(() => source.curve(source.named(select.value)), sampled => {
      let left = grid(13, 96);
      let right = left;
      for (const map of layers(Number(depth.value), seed)) {
        left = mapped(left, point => affine(map, point));
        right = mapped(right, point => activated(sampled, affine(map, point)));
      }
      without.show({label: 'The grid without activation', reach: reach(left), shapes: left});
      withIt.show({label: `The grid with ${select.value}`, reach: reach(right), shapes: right});
    });

    select.addEventListener('change', show);
    byId('grid-weights').addEventListener('click', () => { seed++; show(); });
    slider(depth, String, show);
    show();
  }

  return {
    begin() {
      beginLayer();
      beginGrid();
    },
  };
})();
