'use strict';
// Accuracy and speed of this machine: measured when asked, or as they were when the file was written.
const machine = (() => {
  const {byId, number} = dom;

  function show(result) {
    const numeric = (name, value, digits) => ({name, number: true, value: row => value(row) ?? Infinity,
      text: row => value(row) === undefined ? '–' : number(value(row), digits)});
    const columns = [
      {name: 'function', text: row => row.name, value: row => row.name},
      ...result.engines.map(engine => numeric(`${engine}, ns per element`, row => row.nanosPerElement[engine], 3)),
      numeric('largest error, ULP', row => typeof row.maxUlp === 'number' ? row.maxUlp : undefined, 3),
    ];
    if (result.engines.includes('native') && result.engines.includes('scalar')) {
      const gain = row => row.nanosPerElement.native && row.nanosPerElement.scalar / row.nanosPerElement.native;
      columns.push(numeric('native against scalar Java, times', gain, 3));
    }
    sheet.sortable(byId('machine-table'), columns, result.rows);
    byId('machine-region').hidden = false;
    byId('measure-state').textContent = result.machine;
  }

  async function measure() {
    const button = byId('measure');
    button.disabled = true;
    byId('measure-state').textContent = 'measuring …';
    try {
      show(await source.measure());
    } catch (problem) {
      byId('measure-state').textContent = problem.message;
    }
    button.disabled = false;
  }

  return {
    begin() {
      byId('measure').hidden = !source.live;
      byId('measure').addEventListener('click', measure);
      if (!source.live) {
        show(source.data.machine);
      }
    },
  };
})();
