'use strict';
// The softmax of a few scores, step by step, with temperature and the coupling of its outputs.
const softmax = (() => {
  const {byId, element, number, options, slider} = dom;

  function steps(scores, result) {
    const head = ['', 'score', '(score − max) / T', 'e to that', 'probability', ''];
    byId('softmax-steps').replaceChildren(
      element('thead', {}, element('tr', {}, ...head.map(text => element('th', {scope: 'col', class: 'number'}, text)))),
      element('tbody', {}, ...scores.map((score, i) => element('tr', {},
        element('th', {scope: 'row'}, String(i + 1)),
        ...[Number(score), result.shifted[i], result.powers[i], result.y[i]].map(value =>
          element('td', {class: 'number'}, number(value, 6))),
        element('td', {class: 'bar-cell'}, element('div', {class: 'bar', style: `width: ${100 * result.y[i]}%`}))))),
      element('tfoot', {}, element('tr', {}, element('th', {scope: 'row'}, 'sum'),
        element('td'), element('td'), element('td', {class: 'number'}, number(result.sum, 6)),
        element('td', {class: 'number'}, number(result.y.reduce((sum, y) => sum + y, 0), 6)), element('td'))));
  }

  function coupling(result) {
    const strongest = Math.max(...result.jacobian.flat().map(Math.abs), 1e-30);
    const cell = value => element('td', {class: 'number', style:
      `background: color-mix(in srgb, var(${value < 0 ? '--c1' : '--c0'}) ${Math.round(45 * Math.abs(value) / strongest)}%, transparent)`},
    number(value, 4));
    byId('softmax-jacobian').replaceChildren(
      element('thead', {}, element('tr', {}, element('td'), ...result.y.map((_, j) =>
        element('th', {scope: 'col', class: 'number'}, `score ${j + 1}`)))),
      element('tbody', {}, ...result.jacobian.map((row, i) => element('tr', {},
        element('th', {scope: 'row'}, `prob. ${i + 1}`), ...row.map(cell)))));
  }

  function begin() {
    const {scores, temperatures} = source.data;
    const select = byId('softmax-scores');
    const temperature = byId('softmax-temperature');
    const text = byId('softmax-text');
    temperature.max = temperatures.length - 1;
    temperature.value = temperatures.indexOf(1);
    options(select, scores.map((_, i) => i), 0, i => scores[i].map(score => number(score)).join(', '));
    byId('softmax-own').hidden = !source.live;

    function chosen() {
      const own = text.value.trim();
      return source.live && own ? own.split(/[,;\s]+/).filter(Boolean) : scores[Number(select.value)];
    }

    function draw(result) {
      steps(chosen(), result);
      coupling(result);
      byId('softmax-error').textContent = '';
      const first = result.y.indexOf(Math.max(...result.y));
      byId('softmax-words').textContent = `The order of the scores is kept; number ${first + 1} leads with `
        + `${number(100 * result.y[first], 4)} %. A low temperature sharpens, a high one evens out. Each row of the coupling `
        + 'sums to 0: one probability can rise only if others fall. It fades as one output nears 1.';
    }

    const show = dom.latest(() => source.softmax(chosen(), temperatures[Number(temperature.value)]), draw,
      problem => { byId('softmax-error').textContent = problem.message; });

    select.addEventListener('change', () => { text.value = ''; show(); });
    text.addEventListener('input', show);
    slider(temperature, stop => number(temperatures[stop]), show);
    show();
  }

  return {begin};
})();
