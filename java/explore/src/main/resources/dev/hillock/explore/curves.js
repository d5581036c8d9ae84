'use strict';
// The chooser, the curves with their slopes, and a card with sliders for each function drawn.
const curves = (() => {
  const {byId, element, number} = dom;
  const MOST = 8;
  // Shaded where every function drawn has a slope below this share of its steepest.
  const FLAT = 0.05;
  const PRESETS = [
    ['saturation', ['sigmoid', 'tanh']],
    ['ReLU family', ['relu', 'leaky_relu', 'elu', 'selu', 'celu', 'relu6']],
    ['GELU: exact, tanh, sigmoid', ['gelu', 'gelu_tanh', 'gelu_sigmoid']],
    ['self-gated', ['silu', 'gelu', 'mish', 'hardswish']],
    ['gates', ['sigmoid', 'hardsigmoid']],
    ['shrinks', ['softshrink', 'hardshrink', 'tanhshrink']],
  ];

  // What is drawn: {card, parameters, colour, sampled, error}.
  let drawn = [];
  let cursor = 0;
  let plot = null;

  const reach = () => Number(byId('reach').value);

  function freeColour() {
    const used = drawn.map(entry => entry.colour);
    return Array.from({length: MOST}, (_, i) => `var(--c${i})`).find(colour => !used.includes(colour));
  }

  function add(name) {
    const card = source.named(name);
    if (card && drawn.length < MOST && !drawn.some(entry => entry.card === card)) {
      drawn.push(entryOf(card));
    }
  }

  function entryOf(card) {
    const entry = {card, parameters: source.start(card), colour: freeColour(), sampled: null, error: ''};
    entry.load = dom.latest(parameters => source.curve(card, parameters),
      sampled => Object.assign(entry, {sampled, error: ''}),
      problem => Object.assign(entry, {sampled: null, error: problem.message}));
    return entry;
  }

  async function refresh() {
    await Promise.all(drawn.map(entry => entry.load(entry.parameters)));
    draw();
  }

  function spans(test) {
    const found = [];
    const first = drawn[0].sampled;
    let from = null;
    for (let i = 0; i < source.data.count; i++) {
      const x = first.x(i);
      if (Math.abs(x) > reach()) {
        continue;
      }
      if (test(i) && from === null) {
        from = x;
      } else if (!test(i) && from !== null) {
        found.push([from, x]);
        from = null;
      }
    }
    if (from !== null) {
      found.push([from, reach()]);
    }
    return found;
  }

  function shades(entries) {
    if (!byId('show-shade').checked || entries.length === 0 || entries.length !== drawn.length) {
      return [];
    }
    const limits = entries.map(entry =>
      FLAT * entry.sampled.slope.reduce((steepest, slope) => Math.max(steepest, Math.abs(slope)), 0));
    return spans(i => entries.every((entry, j) => Math.abs(entry.sampled.slope[i]) < limits[j]));
  }

  function points(sampled, values) {
    const first = sampled.nearest(-reach());
    const last = sampled.nearest(reach());
    return Array.from({length: last - first + 1}, (_, i) => [sampled.x(first + i), values[first + i]]);
  }

  function draw() {
    const entries = drawn.filter(entry => entry.sampled);
    const lines = entries.map(entry => ({points: points(entry.sampled, entry.sampled.y), colour: entry.colour}));
    if (byId('show-slope').checked) {
      entries.forEach(entry => lines.push(
        {points: points(entry.sampled, entry.sampled.slope), colour: entry.colour, dashed: true}));
    }
    const shaded = shades(entries);
    plot.show({
      label: 'Curves of ' + (entries.map(entry => entry.card.name).join(', ') || 'nothing'),
      xRange: [-reach(), reach()],
      yRange: range(lines),
      lines,
      shades: shaded,
    });
    byId('shade-hint').textContent = shaded.length
      ? `Shaded: ${drawn.length > 1 ? 'every function drawn' : 'the function'} saturates; its slope is below ${100 * FLAT} % of its steepest.` : '';
  }

  // Of the values drawn, but no further than the x axis reaches: exp and cube would flatten all others.
  function range(lines) {
    let low = -1;
    let high = 1;
    for (const line of lines) {
      for (const [, y] of line.points) {
        if (Number.isFinite(y)) {
          low = Math.min(low, y);
          high = Math.max(high, y);
        }
      }
    }
    low = Math.max(low, -reach());
    high = Math.min(high, reach());
    const margin = (high - low) * 0.05;
    return [low - margin, high + margin];
  }

  function readout() {
    const head = element('tr', {},
      element('th', {scope: 'col'}, `x = ${number(cursor)}`),
      element('th', {scope: 'col', class: 'number'}, 'value'),
      element('th', {scope: 'col', class: 'number'}, 'slope'));
    const rows = drawn.map(entry => {
      const i = entry.sampled ? entry.sampled.nearest(cursor) : 0;
      return element('tr', {style: `--colour: ${entry.colour}`},
        element('th', {scope: 'row'}, element('span', {class: 'swatch'}), entry.card.name),
        element('td', {class: 'number'}, entry.sampled ? number(entry.sampled.y[i], 8) : '–'),
        element('td', {class: 'number'}, entry.sampled ? number(entry.sampled.slope[i], 8) : '–'));
    });
    byId('readout').replaceChildren(byId('readout').caption || '', element('thead', {}, head), element('tbody', {}, ...rows));
  }

  function card(entry) {
    const {card: facts} = entry;
    const list = element('dl');
    const line = (name, text, kind = '') => {
      if (text) {
        list.append(element('dt', {}, name), element('dd', {class: kind}, text));
      }
    };
    line('f(x)', facts.formula, 'formula');
    line('f′(x)', facts.derivative, 'formula');
    line('range', facts.range, 'formula');
    line('is', facts.properties.join(', '));
    line('for', facts.use);
    line('also', facts.aliases.join(', '));
    const error = element('p', {class: 'error', role: 'alert'});
    return element('article', {class: 'card', style: `--colour: ${entry.colour}`},
      element('h3', {}, facts.name), list,
      ...facts.sliders.map((slider, i) => control(entry, slider, i, error)), error);
  }

  function control(entry, slider, i, error) {
    const output = element('output', {}, number(slider.values[slider.start]));
    const input = element('input', {type: 'range', min: 0, max: slider.values.length - 1, value: slider.start,
      'aria-label': `${slider.name} of ${entry.card.name}`, 'aria-valuetext': number(slider.values[slider.start])});
    const typed = source.live && element('input', {type: 'number', step: 'any', value: slider.values[slider.start],
      'aria-label': `${slider.name} of ${entry.card.name}, any value`});
    const set = async (stop, value) => {
      entry.parameters = entry.parameters.map((old, j) => j === i ? {name: slider.name, stop, value} : old);
      output.textContent = number(value);
      input.setAttribute('aria-valuetext', number(value));
      await refresh();
      error.textContent = entry.error;
    };
    input.addEventListener('input', () => {
      const stop = Number(input.value);
      if (typed) {
        typed.value = slider.values[stop];
      }
      set(stop, slider.values[stop]);
    });
    if (typed) {
      typed.addEventListener('change', () => set(Number(input.value), typed.value === '' ? slider.values[slider.start] : Number(typed.value)));
    }
    return element('label', {class: 'slider'}, slider.name + ' ', input, ...(typed ? [' ', typed] : [output]));
  }

  function chooser() {
    const words = byId('find').value.toLowerCase().replace(/[_\- ]/g, '');
    const matches = facts => [facts.name, ...facts.aliases].some(name =>
      name.toLowerCase().replace(/[_\- ]/g, '').includes(words));
    byId('chooser').replaceChildren(...source.data.functions.filter(matches).map(facts =>
      element('label', {}, element('input', {type: 'checkbox', value: facts.name,
        checked: drawn.some(entry => entry.card === facts), onchange: toggle}), ' ' + facts.name)));
  }

  function toggle(event) {
    const name = event.target.value;
    if (event.target.checked) {
      add(name);
      event.target.checked = drawn.some(entry => entry.card.name === name);
    } else {
      drawn = drawn.filter(entry => entry.card.name !== name);
    }
    cards();
  }

  function cards() {
    byId('cards').replaceChildren(...drawn.map(card));
    refresh();
  }

  function choose(names) {
    drawn = [];
    names.forEach(add);
    chooser();
    cards();
  }

  function begin() {
    plot = chart.lines(byId('curve-chart'), {moved: x => { cursor = x; readout(); }, step: 1 / source.data.perUnit});
    byId('presets').append(...PRESETS.map(([text, names]) =>
      element('button', {type: 'button', onclick: () => choose(names)}, text)));
    ['show-slope', 'show-shade', 'reach'].forEach(id => byId(id).addEventListener('change', draw));
    byId('find').addEventListener('input', chooser);
    choose(PRESETS[0][1]);
  }

  return {begin};
})();
