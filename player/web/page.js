/**
 * Small hands for the document.
 * @module
 */

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
	const element = document.getElementById(id);
	if (!element) {
		throw new Error(`no element #${id}`);
	}
	return element;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 */
export function make(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		element.setAttribute(key, value);
	}
	element.append(...children);
	return element;
}

/** @param {string} label @param {() => void} act @param {boolean} main */
export function button(label, act, main = false) {
	const element = make('button', {type: 'button', class: main ? 'button main' : 'button'}, label);
	element.addEventListener('click', act);
	return element;
}

/**
 * A modal question over the running course, which goes on below.
 * @param {string} title
 * @param {string} words
 * @param {{label: string, act: () => void}[]} choices the first is the main one; the Escape key means the last
 * @returns {{close: () => void}}
 */
export function ask(title, words, choices) {
	const heading = make('h2', {id: 'dialog-title', tabindex: '-1'}, title);
	const buttons = make('div', {class: 'buttons'});
	const dialog = /** @type {HTMLDialogElement} */ (make('dialog', {class: 'dialog', 'aria-labelledby': 'dialog-title',
		'aria-describedby': 'dialog-text'}, heading, make('p', {id: 'dialog-text'}, words), buttons));
	buttons.append(...choices.map(({label, act}, index) => button(label, act, index === 0)));
	document.querySelectorAll('dialog').forEach(older => older.remove());
	dialog.addEventListener('cancel', event => {
		event.preventDefault();
		choices[choices.length - 1].act();
	});
	dialog.addEventListener('close', () => dialog.remove());
	document.body.append(dialog);
	dialog.showModal();
	return {close: () => dialog.close()};
}
