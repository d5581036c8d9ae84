'use strict';
// How gradients shrink or grow: the bound by the steepest slope, and a random network layer by layer.
const gradients = (() => {
  const {byId, number, options, slider} = dom;

  function beginProduct() {
    const select = byId('product-function');
    const layers = byId('product-layers');
    const plot = chart.columns(byId('product-chart'), {height: 220});
    options(select, source.data.functions.map(card => card.name), 'sigmoid');

    const show = dom.latest(() => source.curve(source.named(select.value)), sampled => {
      const card = source.named(select.value);
      const steepest = sampled.slope.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0);
      const count = Number(layers.value);
      plot.show({
        label: `Bound of the product of ${count} slopes of ${card.name}`, colours: ['var(--c0)'],
        groups: Array.from({length: count}, (_, i) => ({name: String(i + 1), values: [steepest ** (i + 1)]})),
      });
      byId('product-words').textContent =
        `The steepest slope of ${card.name} is ${number(steepest, 4)}; ${number(steepest, 4)}^${count} = ${number(steepest ** count, 4)}.`;
    });

    select.addEventListener('change', show);
    slider(layers, String, show);
    show();
  }

  function beginNetwork() {
    const names = source.data.functions.map(card => card.name);
    const plot = chart.columns(byId('gradient-chart'));
    const depth = byId('gradient-depth');
    depth.max = source.data.depths.length - 1;
    options(byId('gradient-function'), names, 'sigmoid');
    options(byId('gradient-other'), names, 'relu');
    options(byId('gradient-weights'), source.data.initializations, 'he');

    const chosenLayers = () => source.data.depths[Number(depth.value)];
    const chosenCards = () => ['gradient-function', 'gradient-other'].map(id => source.named(byId(id).value));
    const ask = () => Promise.all(chosenCards().map(card =>
      source.gradients(card, chosenLayers(), byId('gradient-weights').value)));
    const show = dom.latest(ask, results => {
      const layers = chosenLayers();
      const chosen = chosenCards();
      plot.show({
        label: `Mean gradient magnitude in ${layers} layers`, colours: ['var(--c0)', 'var(--c1)'],
        groups: results[0].layers.map((_, i) => ({name: String(i + 1), values: results.map(result => Number(result.layers[i]))})),
      });
      byId('gradient-words').replaceChildren(...chosen.flatMap((card, i) => {
        const all = results[i].layers;
        const swatch = dom.element('span', {class: 'swatch', style: `--colour: var(--c${i})`});
        return [swatch, `${card.name}: first layer ${number(all[0], 3)}, last ${number(all[all.length - 1], 3)}. `];
      }));
    });

    ['gradient-function', 'gradient-other', 'gradient-weights'].forEach(id => byId(id).addEventListener('change', show));
    slider(depth, stop => String(source.data.depths[stop]), show);
    show();
  }

  return {
    begin() {
      beginProduct();
      beginNetwork();
    },
  };
})();
