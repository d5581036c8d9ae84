'use strict';
// Small things that every section needs.
const dom = (() => {
  const byId = id => document.getElementById(id);

  // element('td', {class: 'number'}, 'text', child, …)
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith('on')) {
        made.addEventListener(key.slice(2), value);
      } else if (value !== false && value !== null) {
        made.setAttribute(key, value === true ? '' : value);
      }
    }
    made.append(...children);
    return made;
  }

  function number(value, digits = 6) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return String(value).replace('Infinity', '∞').replace('-', '−');
    }
    if (Object.is(value, -0)) {
      return '−0';
    }
    const magnitude = Math.abs(value);
    const text = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e7)
      ? value.toExponential(3) : String(Number(value.toPrecision(digits)));
    return text.replace('-', '−').replace('e−', 'e−');
  }

  function options(select, values, chosen, text = value => value) {
    select.replaceChildren(...values.map(value =>
      element('option', {value, selected: value === chosen}, text(value))));
  }

  // A range input whose output shows what the stop means.
  function slider(input, meaning, changed) {
    const output = input.parentElement.querySelector('output');
    const show = () => {
      output.textContent = meaning(Number(input.value));
      input.setAttribute('aria-valuetext', output.textContent);
    };
    input.addEventListener('input', () => { show(); changed(); });
    show();
  }

  // Answers may come in another order than the questions: only that of the last question is shown.
  function latest(ask, show, fail = () => {}) {
    let asked = 0;
    return async (...words) => {
      const mine = ++asked;
      try {
        const answer = await ask(...words);
        if (mine === asked) {
          show(answer, ...words);
        }
      } catch (problem) {
        if (mine === asked) {
          fail(problem);
        }
      }
    };
  }

  return {byId, element, number, options, slider, latest};
})();
