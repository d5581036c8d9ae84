'use strict';
// Tables whose columns sort, and the cheat sheet made of one.
const sheet = (() => {
  const {byId, element} = dom;

  /**
   * Fills a table that sorts by its columns.
   * columns: [{name, text: row => string, value: row => string or number, number: true if numeric, kind: class}]
   */
  function sortable(table, columns, rows) {
    let order = {column: 0, down: false};

    function compare(a, b) {
      const {value} = columns[order.column];
      const [left, right] = [value(a), value(b)];
      const numeric = typeof left === 'number' || typeof right === 'number';
      const difference = numeric ? (left ?? Infinity) - (right ?? Infinity) : String(left).localeCompare(String(right));
      return order.down ? -difference : difference;
    }

    function head(column, i) {
      const sorted = order.column === i;
      const button = element('button', {type: 'button', onclick: () => {
        order = {column: i, down: sorted && !order.down};
        draw();
        table.querySelectorAll('thead button')[i].focus();
      }}, column.name + (sorted ? order.down ? ' ↓' : ' ↑' : ''));
      return element('th', {scope: 'col', class: column.number ? 'number' : '',
        'aria-sort': sorted ? order.down ? 'descending' : 'ascending' : 'none'}, button);
    }

    function draw() {
      table.replaceChildren(
        element('thead', {}, element('tr', {}, ...columns.map(head))),
        element('tbody', {}, ...[...rows].sort(compare).map(row => element('tr', {}, ...columns.map((column, i) =>
          element(i ? 'td' : 'th', {scope: i ? null : 'row', class: column.number ? 'number' : column.kind || ''},
            column.text(row)))))));
    }

    draw();
    return {
      rows(next) {
        rows = next;
        draw();
      },
    };
  }

  function begin() {
    const has = (name, title) => ({name: title, text: row => row.properties.includes(name) ? 'yes' : row.axis ? '' : 'no',
      value: row => row.properties.includes(name) ? 0 : 1});
    const words = (key, title, kind) => ({name: title, text: row => row[key], value: row => row[key], kind});
    const rows = [
      ...source.data.functions.map(card => ({...card, axis: false})),
      ...source.data.axisFunctions.map(card => ({...card, axis: true, aliases: [], properties: [],
        use: 'over an axis: outputs and attention'})),
    ];
    const table = sortable(byId('sheet-table'), [
      words('name', 'name'),
      words('formula', 'f(x)', 'formula'),
      words('derivative', 'f′(x)', 'formula'),
      words('range', 'range', 'formula'),
      has('zero-centred', 'zero-centred'),
      {name: 'saturates', value: row => saturation(row), text: row => saturation(row)},
      has('units can die', 'can die'),
      has('monotonic', 'monotonic'),
      {name: 'smooth', value: row => smoothness(row), text: row => smoothness(row)},
      words('use', 'use it for'),
    ], rows);
    byId('sheet-find').addEventListener('input', event => {
      const wanted = event.target.value.toLowerCase();
      table.rows(rows.filter(row => [row.name, row.use, ...row.aliases, ...row.properties]
        .some(text => text.toLowerCase().includes(wanted))));
    });
  }

  function saturation(row) {
    const left = row.properties.includes('saturates at -inf');
    const right = row.properties.includes('saturates at +inf');
    return row.axis ? '' : left && right ? 'both ends' : left ? 'at −∞' : right ? 'at +∞' : 'no';
  }

  function smoothness(row) {
    return row.axis ? '' : row.properties.includes('smooth') ? 'C∞'
      : row.properties.includes('continuous slope') ? 'slope continuous' : 'has kinks';
  }

  return {begin, sortable};
})();
