// The filters and the tree of processes.  All text gets in as text, never as markup.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const strings = data.strings;
const facts = data.facts.map(([kind, fate, what, made, reason, section]) => ({
	kind: data.kinds[kind], fate: data.fates[fate], what: strings[what], made: strings[made], reason: strings[reason], section,
}));
const SECOND = 1e6;
const begin = data.begin / SECOND;
const processes = data.processes.map(([id, parent, parentId, time]) => ({
	id, parent, parentId, time: time / SECOND, children: [], executions: [], misses: [],
}));
const executions = data.executions.map(([process, time, call, program, target, spawns, off, more, pairs], index) => ({
	index, process, time: time / SECOND, call: strings[call], program: strings[program], target: strings[target], spawns, off: strings[off],
	more, pairs,
}));
const misses = data.misses.map(([process, after, number, call, program, place, closer]) => ({
	process, after, number, call: strings[call], program: strings[program], place: strings[place], closer,
}));
const CHUNK = 200;
const DEEPEST = 16; // what is deeper is indented no further

processes.forEach((process, index) => {
	if (process.parent !== index)
		processes[process.parent].children.push(index);
});
executions.forEach((execution) => processes[execution.process].executions.push(execution));
misses.forEach((miss) => processes[miss.process].misses.push(miss));

function element(name, attributes, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes || {}))
		made.setAttribute(key, value);
	made.append(...children);
	return made;
}
const code = (text) => element('code', null, text);

// The lines of the tree: a process's execs and misses in their order, its children where they came.  Without recursion:
// a chain of a thousand forks is no reason to fail.
function lines() {
	const all = [];
	const stack = [];
	const enter = (index, depth) => {
		const process = processes[index];
		const items = [];
		let after = 0;
		const missesUpTo = () => process.misses.filter((miss) => miss.after === after).forEach((miss) => items.push({miss}));
		missesUpTo();
		process.executions.forEach((execution) => {
			items.push({execution, time: execution.time});
			after++;
			missesUpTo();
		});
		// Both lists are in the order of time.
		let place = 0;
		process.children.forEach((child) => {
			const time = processes[child].time;
			while (place < items.length && (items[place].time === undefined || items[place].time <= time))
				place++;
			items.splice(place++, 0, {child, time});
		});
		stack.push({items, next: 0, depth});
	};
	processes.forEach((process, index) => {
		if (process.parent !== index)
			return;
		enter(index, 0);
		while (stack.length) {
			const top = stack[stack.length - 1];
			if (top.next === top.items.length) {
				stack.pop();
				continue;
			}
			const item = top.items[top.next++];
			if (item.child !== undefined)
				enter(item.child, top.depth + 1);
			else
				all.push({...item, depth: Math.min(top.depth, DEEPEST)});
		}
	});
	return all;
}

function* descriptors(execution) {
	for (let i = 0; i < execution.pairs.length; i += 2)
		yield [execution.pairs[i], facts[execution.pairs[i + 1]]];
}

const allLines = lines();
const factText = facts.map((fact) => `${fact.kind} ${fact.what} ${fact.made} ${fact.reason}`.toLowerCase());
const executionText = executions.map((execution) =>
	`${processes[execution.process].id} ${execution.call} ${execution.program} ${execution.target}`.toLowerCase());
const missText = (miss) => `${processes[miss.process].id} missed ${miss.number} ${miss.call} ${miss.program} ${miss.place}`.toLowerCase();

// What the form says; the fragment of the address says the same, so that a view can be handed on.
const form = document.getElementById('filters');
const tree = document.getElementById('tree');
const more = document.getElementById('more');
const textField = document.getElementById('text');
const kindField = document.getElementById('kind');
const fateBoxes = [];
let visible = [];
let shown = 0;

function count(number, one, many) {
	return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

function buildForm() {
	const seenKinds = new Set(facts.map((fact) => fact.kind));
	const seenFates = new Set(facts.map((fact) => fact.fate));
	for (const kind of data.kinds.filter((name) => seenKinds.has(name)))
		kindField.append(element('option', {value: kind}, kind));
	for (const fate of data.fates.filter((name) => seenFates.has(name))) {
		const box = element('input', {type: 'checkbox', name: 'fate', value: fate, checked: ''});
		fateBoxes.push(box);
		document.getElementById('fates').append(element('label', {class: fate}, box, fate));
	}
	form.hidden = false;
}

function readFragment() {
	if (document.getElementById(location.hash.slice(1)))
		return; // a place on the page, not a view
	const wanted = new URLSearchParams(location.hash.slice(1));
	textField.value = wanted.get('text') || '';
	kindField.value = wanted.get('kind') || '';
	const fates = wanted.has('fate') ? wanted.get('fate').split(',') : null;
	for (const box of fateBoxes)
		box.checked = !fates || fates.includes(box.value);
}

function writeFragment(filter) {
	const said = new URLSearchParams();
	if (filter.text)
		said.set('text', filter.text);
	if (filter.kind)
		said.set('kind', filter.kind);
	if (!filter.allFates)
		said.set('fate', [...filter.fates].join(','));
	const fragment = said.toString();
	if (fragment !== location.hash.slice(1))
		history.replaceState(null, '', fragment ? `#${fragment}` : location.pathname + location.search);
}

function readFilter() {
	const fates = new Set(fateBoxes.filter((box) => box.checked).map((box) => box.value));
	return {text: textField.value.trim().toLowerCase(), kind: kindField.value, fates, allFates: fates.size === fateBoxes.length};
}

function apply() {
	const filter = readFilter();
	writeFragment(filter);
	filterFindings(filter);
	filterTree(filter);
}

function filterFindings(filter) {
	let left = 0;
	for (const group of document.querySelectorAll('#findings tbody')) {
		let some = false;
		for (const row of group.rows) {
			if (row.className === 'group')
				continue;
			const matches = filter.fates.has(row.dataset.fate) && (!filter.kind || row.dataset.kind === filter.kind) &&
				(!filter.text || row.textContent.toLowerCase().includes(filter.text));
			row.hidden = !matches;
			some = some || matches;
			left += matches;
		}
		group.hidden = !some;
	}
	document.getElementById('findings-count').textContent = count(left, 'row', 'rows');
}

function filterTree(filter) {
	const everything = !filter.text && !filter.kind && filter.allFates;
	const good = facts.map((fact) => filter.fates.has(fact.fate) && (!filter.kind || fact.kind === filter.kind));
	const goodText = factText.map((text) => text.includes(filter.text));
	const matching = new Set();
	const around = new Set();

	for (const execution of executions) {
		const itself = executionText[execution.index].includes(filter.text);
		let matches = everything || (itself && !filter.kind && filter.allFates);
		for (let i = 1; !matches && i < execution.pairs.length; i += 2)
			matches = good[execution.pairs[i]] && (itself || goodText[execution.pairs[i]]);
		if (!matches)
			continue;
		matching.add(execution);
		for (let process = execution.process; !around.has(process); process = processes[process].parent)
			around.add(process);
	}
	let found = 0;
	visible = allLines.filter((line) => {
		line.context = false;
		if (line.miss)
			return everything || (filter.text && missText(line.miss).includes(filter.text));
		if (matching.has(line.execution)) {
			found++;
			return true;
		}
		// How a process became what it is tells where the others come from.
		line.context = true;
		return !line.execution.spawns && around.has(line.execution.process);
	});
	document.getElementById('tree-count').textContent =
		found === executions.length ? count(found, 'exec', 'execs') : `${found.toLocaleString()} of ${count(executions.length, 'exec', 'execs')}`;
	shown = 0;
	tree.replaceChildren();
	showMore();
}

function showMore() {
	const part = visible.slice(shown, shown + CHUNK);
	tree.append(...part.map(lineElement));
	shown += part.length;
	more.hidden = shown === visible.length;
	more.textContent = `Show ${Math.min(CHUNK, visible.length - shown)} more of ${visible.length - shown}`;
}

function lineElement(line) {
	const made = line.miss ? missElement(line.miss) : executionElement(line.execution);
	made.style.setProperty('--depth', line.depth);
	made.classList.toggle('context', line.context);
	return made;
}

function missElement(miss) {
	const closer = executions[miss.closer];
	const words = closer ? [' was closed when ', code(closer.program), ' executed ', code(closer.target)] : [' was not open'];
	return element('li', {class: 'missed'}, element('span', {class: 'missed-line'}, element('span', {class: 'badge leaked'}, 'missed'),
		' ', code(miss.program), ` asked for ${miss.number} (${miss.call}${miss.place ? `, ${miss.place}` : ''}), which`, ...words));
}

function executionElement(execution) {
	const process = processes[execution.process];
	const when = new Date((begin + execution.time) * 1000);
	const numbers = new Map();
	for (const [, fact] of descriptors(execution))
		numbers.set(fact.fate, (numbers.get(fact.fate) || 0) + 1);
	const badges = data.fates.filter((fate) => numbers.has(fate)).map((fate) =>
		element('span', {class: `badge ${fate}`}, `${numbers.get(fate)} ${fate}`));
	const details = element('details', null, element('summary', null,
		element('span', {class: 'process', title: process.parentId < 0 ? '' : `its parent is ${process.parentId}`}, `${process.id}`),
		element('time', {datetime: when.toISOString(), title: when.toLocaleString()}, `+${execution.time.toFixed(3)} s`),
		element('span', null, code(execution.program), execution.spawns ? ' starts ' : ' \u2192 ', code(execution.target)),
		element('span', {class: 'badges'}, ...badges)));
	// Ten thousand tables that nobody looks at would be slow.
	details.addEventListener('toggle', () => {
		if (details.open && details.childElementCount === 1)
			details.append(...executionDetails(execution));
	});
	return element('li', {class: 'execution'}, details);
}

const titles = ['Passed on, unasked', 'Closed by libcloexec', 'On purpose'];

function executionDetails(execution) {
	const parts = [element('p', {class: 'note'}, `${execution.call || 'exec'}, ${new Date((begin + execution.time) * 1000).toLocaleString()}` +
		(execution.off ? `; libcloexec does nothing in this program: ${execution.off}` : ''))];
	const bodies = titles.map((title, section) => {
		const rows = [...descriptors(execution)].filter(([, fact]) => fact.section === section);
		return rows.length ? element('tbody', null,
			element('tr', {class: 'group'}, element('th', {colspan: 4, scope: 'rowgroup'}, title)),
			...rows.map(([number, fact]) => element('tr', null, element('td', {class: 'number'}, `${number}`),
				element('td', null, element('span', {class: fact.kind === 'listening' || fact.kind === 'private' ? 'kind grave' : 'kind'},
					fact.kind), ' ', code(fact.what)),
				element('td', null, code(fact.made)),
				element('td', null, element('span', {class: `badge ${fact.fate}`}, fact.reason))))) : null;
	}).filter(Boolean);
	if (bodies.length)
		parts.push(element('div', {class: 'scroll'}, element('table', null, element('thead', null, element('tr', null,
			element('th', {class: 'number', scope: 'col'}, 'Number'), element('th', {scope: 'col'}, 'What'),
			element('th', {scope: 'col'}, 'Made by'), element('th', {scope: 'col'}, 'Fate'))), ...bodies)));
	else
		parts.push(element('p', {class: 'note'}, 'Nothing but 0, 1 and 2 was open.'));
	if (execution.more)
		parts.push(element('p', {class: 'note'}, `${count(execution.more, 'descriptor', 'descriptors')} more did not fit into the record.`));
	return parts;
}

buildForm();
readFragment();
apply();
let waiting;
textField.addEventListener('input', () => {
	clearTimeout(waiting);
	waiting = setTimeout(apply, 120);
});
form.addEventListener('change', apply);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(apply));
window.addEventListener('hashchange', () => {
	readFragment();
	apply();
});
more.addEventListener('click', showMore);
