'use strict';
// Gated units: the activation of one half of a layer's output, times the other half.
const gates = (() => {
  const {byId, number, options, slider} = dom;
  const UNITS = {swiglu: 'silu', geglu: 'gelu', glu: 'sigmoid', reglu: 'relu', bilinear: 'identity'};
  const VALUES = [-2, -1, 0, 1, 2];
  const REACH = 4;

  function points(sampled, height) {
    const first = sampled.nearest(-REACH);
    return Array.from({length: sampled.nearest(REACH) - first + 1}, (_, i) => [sampled.x(first + i), height(first + i)]);
  }

  function begin() {
    const select = byId('gated-unit');
    const value = byId('gated-value');
    const units = Object.keys(UNITS).filter(unit => source.named(UNITS[unit]));
    const family = chart.lines(byId('gated-values'), {height: 260});
    const slopes = chart.lines(byId('gated-slopes'), {height: 260});
    options(select, units, 'swiglu');

    const show = dom.latest(() => source.curve(source.named(UNITS[select.value])), sampled => {
      const activation = UNITS[select.value];
      const chosen = Number(value.value);
      family.show({
        label: `${select.value} over its gate, for values ${VALUES.join(', ')}`, xRange: [-REACH, REACH], yRange: [-6, 6],
        lines: VALUES.map((v, i) => ({points: points(sampled, j => sampled.y[j] * v), colour: `var(--c${i})`})),
      });
      slopes.show({
        label: `Slopes of ${select.value} for the value ${chosen}`, xRange: [-REACH, REACH], yRange: [-4, 4],
        lines: [
          {points: points(sampled, j => sampled.y[j]), colour: 'var(--c0)'},
          {points: points(sampled, j => sampled.slope[j] * chosen), colour: 'var(--c1)'},
        ],
      });
      const one = sampled.nearest(1);
      byId('gated-words').textContent = `${select.value}(gate, value) = ${activation}(gate) · value. At gate 1 and value `
        + `${number(chosen, 3)} it is ${number(sampled.y[one] * chosen, 4)}; a little more value adds ${number(sampled.y[one], 4)} `
        + `times as much, a little more gate ${number(sampled.slope[one] * chosen, 4)} times.`;
    });

    byId('gated-legend').replaceChildren(...VALUES.flatMap((v, i) =>
      [dom.element('span', {class: 'swatch', style: `--colour: var(--c${i})`}), `value ${number(v)} `]));
    select.addEventListener('change', show);
    slider(value, v => number(v, 3), show);
    show();
  }

  return {begin};
})();
