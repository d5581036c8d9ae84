'use strict';
// Where numbers come from: the server that computes them with the library's kernels, or the samples of those kernels
// that were written into this file. Nothing else of the page knows which.
const source = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const live = data.mode === 'live';
  const kept = new Map();

  async function ask(path, fields) {
    const response = await fetch(path + '?' + new URLSearchParams(fields));
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.error);
    }
    return answer;
  }

  // Each question is asked once.
  function once(key, question) {
    if (!kept.has(key)) {
      const answer = question();
      answer.catch(() => kept.delete(key));
      kept.set(key, answer);
      if (kept.size > 400) {
        kept.delete(kept.keys().next().value);
      }
    }
    return kept.get(key);
  }

  async function written(table, key) {
    if (!(key in table)) {
      throw new Error('not defined for these parameters');
    }
    return table[key];
  }

  function floats(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      bytes[i] = text.charCodeAt(i);
    }
    const view = new DataView(bytes.buffer);
    return Float32Array.from({length: bytes.length / 4}, (_, i) => view.getFloat32(4 * i, true));
  }

  // A function and its slope at evenly spaced abscissas, with straight lines between.
  class Sampled {
    constructor({y, slope}) {
      this.y = floats(y);
      this.slope = floats(slope);
    }

    x(i) {
      return data.from + i / data.perUnit;
    }

    nearest(x) {
      return Math.min(data.count - 1, Math.max(0, Math.round((x - data.from) * data.perUnit)));
    }

    // Beyond the samples the line goes on as it ended.
    value(x) {
      const position = (x - data.from) * data.perUnit;
      const i = Math.min(data.count - 2, Math.max(0, Math.floor(position)));
      return this.y[i] + (position - i) * (this.y[i + 1] - this.y[i]);
    }
  }

  function start(card) {
    return card.sliders.map(slider => ({name: slider.name, stop: slider.start, value: slider.values[slider.start]}));
  }

  return {
    data,
    live,
    start,

    named(name) {
      return data.functions.find(card => card.name === name);
    },

    // parameters: [{name, stop, value}]; a file knows only the stops.
    curve(card, parameters = start(card)) {
      const key = [card.name, ...parameters.map(p => live ? p.value : p.stop)].join(':');
      const fields = {function: card.name};
      parameters.forEach(p => { fields[p.name] = p.value; });
      return once('curve ' + key, async () =>
        new Sampled(await (live ? ask('api/curve', fields) : written(data.curves, key))));
    },

    gradients(card, depth, weights) {
      const fields = {function: card.name, depth, weights};
      start(card).forEach(p => { fields[p.name] = p.value; });
      const key = [card.name, depth, weights].join('|');
      return once('gradients ' + key, () => live ? ask('api/gradients', fields) : written(data.gradients, key));
    },

    softmax(scores, temperature) {
      const key = data.scores.indexOf(scores) + '|' + data.temperatures.indexOf(temperature);
      return live ? ask('api/softmax', {scores: scores.join(','), temperature}) : written(data.softmax, key);
    },

    measure() {
      return live ? ask('api/measure', {}) : Promise.resolve(data.machine);
    },
  };
})();
