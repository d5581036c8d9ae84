'use strict';
// Charts in SVG: lines over an x axis with a cursor, columns on a logarithmic scale, and shapes in the plane.
const chart = (() => {
  const NAMESPACE = 'http://www.w3.org/2000/svg';
  const FAR = 10000;

  function svg(name, attributes, text) {
    const made = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  // Round numbers, about this many, from low to high.
  function ticks(low, high, about) {
    const raw = (high - low) / about;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(k => k * power).find(candidate => candidate >= raw);
    const all = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      all.push(Number((i * step).toPrecision(12)));
    }
    return all;
  }

  // Draws anew whenever the place changes its width.
  function watched(place, draw) {
    let width = 0;
    new ResizeObserver(() => {
      if (place.clientWidth && place.clientWidth !== width) {
        width = place.clientWidth;
        draw();
      }
    }).observe(place);
  }

  function frame(place, height, label) {
    const width = Math.max(240, place.clientWidth);
    const root = svg('svg', {class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label});
    root.style.height = height + 'px';
    return {root, width};
  }

  function axes(root, box, xRange, yRange, across, down) {
    const x = value => box.left + (value - xRange[0]) / (xRange[1] - xRange[0]) * (box.right - box.left);
    const y = value => box.bottom - (value - yRange[0]) / (yRange[1] - yRange[0]) * (box.bottom - box.top);
    for (const tick of ticks(...xRange, across)) {
      root.append(svg('line', {class: tick === 0 ? 'axis' : 'gridline', x1: x(tick), x2: x(tick), y1: box.top, y2: box.bottom}));
      root.append(svg('text', {x: x(tick), y: box.bottom + 16, 'text-anchor': 'middle'}, dom.number(tick)));
    }
    for (const tick of ticks(...yRange, down)) {
      root.append(svg('line', {class: tick === 0 ? 'axis' : 'gridline', x1: box.left, x2: box.right, y1: y(tick), y2: y(tick)}));
      root.append(svg('text', {x: box.left - 6, y: y(tick) + 4, 'text-anchor': 'end'}, dom.number(tick)));
    }
    return {x, y};
  }

  // Curves end where the axes do.
  let clips = 0;
  function clipped(root, box) {
    const id = 'clip' + clips++;
    const clip = svg('clipPath', {id});
    clip.append(svg('rect', {x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top}));
    const group = svg('g', {'clip-path': `url(#${id})`});
    root.append(clip, group);
    return group;
  }

  // Values far outside are drawn just outside, so that coordinates stay small.
  function path(points, x, y) {
    let text = '';
    let pen = 'M';
    for (const [px, py] of points) {
      if (!Number.isFinite(py)) {
        pen = 'M';
        continue;
      }
      const cut = Math.min(FAR, Math.max(-FAR, y(py)));
      text += pen + x(px).toFixed(1) + ' ' + cut.toFixed(1);
      pen = 'L';
    }
    return text;
  }

  /**
   * A chart of lines that is set anew with show({label, xRange, yRange, lines, shades, marks}); lines are
   * {points, colour, dashed}. A cursor follows the pointer, or the arrow keys; moved(x) hears where it is.
   */
  function lines(place, {height = 340, moved = () => {}, step = 1 / 32} = {}) {
    let shown = null;
    let cursor = 0;
    let scale = null;
    let cursorLine = null;

    function draw() {
      if (!shown) {
        return;
      }
      const {root, width} = frame(place, height, shown.label);
      const box = {left: 56, right: width - 10, top: 10, bottom: height - 26};
      const {x, y} = axes(root, box, shown.xRange, shown.yRange, width < 500 ? 5 : 9, 6);
      for (const [from, to] of shown.shades || []) {
        root.append(svg('rect', {class: 'shade', x: x(from), width: x(to) - x(from), y: box.top, height: box.bottom - box.top}));
      }
      const inside = clipped(root, box);
      for (const line of shown.lines) {
        inside.append(svg('path', {class: line.dashed ? 'curve dashed' : 'curve', style: `--colour: ${line.colour}`,
          d: path(line.points, x, y)}));
      }
      for (const mark of shown.marks || []) {
        root.append(svg('circle', {class: 'dot', r: 5, cx: x(mark.x), cy: y(mark.y), style: `--colour: ${mark.colour}`}));
      }
      cursorLine = svg('line', {class: 'cursor', y1: box.top, y2: box.bottom});
      root.append(cursorLine);
      root.setAttribute('tabindex', '0');
      root.setAttribute('aria-label', shown.label + '. Arrow keys move the cursor.');
      root.addEventListener('pointermove', follow);
      root.addEventListener('pointerdown', follow);
      root.addEventListener('keydown', press);
      scale = {x, box};
      const focused = place.contains(document.activeElement);
      place.replaceChildren(root);
      if (focused) {
        root.focus();
      }
      move(cursor);
    }

    function follow(event) {
      const bounds = place.firstChild.getBoundingClientRect();
      const {box} = scale;
      const [low, high] = shown.xRange;
      move(low + (event.clientX - bounds.left - box.left) / (box.right - box.left) * (high - low));
    }

    function press(event) {
      const pace = event.shiftKey ? 16 : 1;
      const to = {ArrowLeft: cursor - step * pace, ArrowRight: cursor + step * pace,
        Home: shown.xRange[0], End: shown.xRange[1]}[event.key];
      if (to !== undefined) {
        event.preventDefault();
        move(to);
      }
    }

    function move(to) {
      cursor = Math.min(shown.xRange[1], Math.max(shown.xRange[0], Math.round(to / step) * step));
      cursorLine.setAttribute('x1', scale.x(cursor));
      cursorLine.setAttribute('x2', scale.x(cursor));
      moved(cursor);
    }

    watched(place, draw);
    return {
      show(what) {
        shown = what;
        draw();
      },
    };
  }

  // Columns on a logarithmic scale: show({label, groups: [{name, values: [number, …]}], colours}).
  function columns(place, {height = 260} = {}) {
    let shown = null;

    function draw() {
      if (!shown) {
        return;
      }
      const {root, width} = frame(place, height, shown.label);
      const box = {left: 56, right: width - 10, top: 14, bottom: height - 26};
      const all = shown.groups.flatMap(group => group.values).filter(value => value > 0 && Number.isFinite(value));
      const low = Math.floor(Math.log10(Math.min(...all, 0.1)) - 0.01);
      const high = Math.max(Math.ceil(Math.log10(Math.max(...all, 1))), low + 1);
      const y = value => box.bottom - (Math.log10(value) - low) / (high - low) * (box.bottom - box.top);
      const every = Math.ceil((high - low) / 7);
      for (let power = low; power <= high; power += every) {
        root.append(svg('line', {class: power === 0 ? 'axis' : 'gridline', x1: box.left, x2: box.right, y1: y(10 ** power), y2: y(10 ** power)}));
        root.append(svg('text', {x: box.left - 6, y: y(10 ** power) + 4, 'text-anchor': 'end'}, power >= -3 && power <= 3 ? dom.number(10 ** power) : '1e' + power));
      }
      const room = (box.right - box.left) / shown.groups.length;
      const wide = Math.min(46, room * 0.8 / shown.colours.length);
      const named = Math.ceil(shown.groups.length * 26 / (box.right - box.left));
      shown.groups.forEach((group, i) => {
        const middle = box.left + room * (i + 0.5);
        group.values.forEach((value, j) => {
          const left = middle + (j - group.values.length / 2) * wide;
          const bar = value > 0 && Number.isFinite(value)
            ? svg('rect', {class: 'column', x: left, width: wide - 1, y: y(value), height: Math.max(1, box.bottom - y(value)), style: `--colour: ${shown.colours[j]}`})
            : svg('text', {class: 'value', x: left + wide / 2, y: box.bottom - 4, 'text-anchor': 'middle'}, dom.number(value));
          bar.append(svg('title', {}, `${group.name}: ${dom.number(value)}`));
          root.append(bar);
        });
        if (i % named === 0) {
          root.append(svg('text', {x: middle, y: box.bottom + 16, 'text-anchor': 'middle'}, group.name));
        }
      });
      place.replaceChildren(root);
    }

    watched(place, draw);
    return {
      show(what) {
        shown = what;
        draw();
      },
    };
  }

  // Shapes in the plane, to one scale in both directions: show({label, reach, shapes: [{points, colour}]}).
  function plane(place) {
    let shown = null;

    function draw() {
      if (!shown) {
        return;
      }
      const side = Math.min(420, Math.max(240, place.clientWidth));
      const {root, width} = frame(place, side, shown.label);
      const box = {left: 34, right: width - 8, top: 8, bottom: side - 22};
      const tall = shown.reach * (box.bottom - box.top) / (box.right - box.left);
      const ranges = tall < shown.reach
        ? [shown.reach * (box.right - box.left) / (box.bottom - box.top), shown.reach] : [shown.reach, tall];
      const {x, y} = axes(root, box, [-ranges[0], ranges[0]], [-ranges[1], ranges[1]], 5, 5);
      const inside = clipped(root, box);
      for (const shape of shown.shapes) {
        inside.append(svg('path', {class: 'curve thin', style: `--colour: ${shape.colour}`, d: path(shape.points, x, y)}));
      }
      place.replaceChildren(root);
    }

    watched(place, draw);
    return {
      show(what) {
        shown = what;
        draw();
      },
    };
  }

  return {lines, columns, plane};
})();
