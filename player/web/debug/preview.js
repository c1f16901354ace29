/**
 * A designer's preview: who the learner pretends to be, and the panel beside the course.
 * @module
 */
import {reload} from '../guard.js';
import {button, byId} from '../page.js';
import {FaultWatch} from './faults.js';
import {DebugPanel} from './panel.js';
import {word} from './words.js';

/** @typedef {import('../launch.js').Launch} Launch */

const WIDTHS = ['24rem', '36rem', '52rem'];

/** What the address says of the pretended learner: ?name=…&language=…&mode=…&credit=0&place=…. @param {Launch} launch */
export function pretend(launch) {
	const asked = new URLSearchParams(location.search);
	const mode = asked.get('mode');
	launch.learner.name = asked.get('name') || launch.learner.name;
	launch.learner.language = asked.get('language') || launch.learner.language;
	launch.mode = mode === 'browse' || mode === 'review' ? mode : launch.mode;
	launch.credit = mode === 'normal' && asked.get('credit') === '1';
	launch.seed = /^\d{1,19}$/.test(asked.get('seed') ?? '') ? /** @type {string} */ (asked.get('seed')) : launch.seed;
}

/** @param {import('./trace.js').TracedEngine} engine @param {Launch} launch @param {import('../course.js').Course} course */
export function showPanel(engine, launch, course) {
	course.onRefused = (request, target) => engine.refuse(Date.now(), request, target);
	const frame = () => /** @type {HTMLIFrameElement|null} */ (document.querySelector('iframe[name=sco]'));
	const faults = new FaultWatch(() => frame()?.contentWindow, (what, where, message) => engine.trace.fault(word(what), where, message));
	engine.trace.addEventListener('entry', () => faults.look());
	const panel = new DebugPanel(() => engine, engine.trace, code => engine.errorWords(code), `fad-preview-${launch.course.version}`);
	const {element} = panel;
	let width = 1;
	const size = (/** @type {number} */ step) => {
		width = Math.min(WIDTHS.length - 1, Math.max(0, width + step));
		element.style.setProperty('--debug-width', WIDTHS[width]);
	};
	const sizes = [button(word('wider'), () => size(1)), button(word('narrower'), () => size(-1))];
	sizes.forEach(each => each.classList.add('debug-size'));
	element.querySelector('.debug-tools')?.append(...sizes, button(word('resume'), () => course.resume(() => panel.draw())), button(word('restart'), () => reload()));
	const place = new URLSearchParams(location.search).get('place');
	if (place) {
		byId('mode').append(` · ${place.slice(0, 80)}`);
	}
	element.hidden = true;
	byId('body').append(element);
	const toggle = button(word('show'), () => {
		element.hidden = !element.hidden;
		toggle.setAttribute('aria-expanded', String(!element.hidden));
		panel.draw();
	});
	toggle.setAttribute('aria-expanded', 'false');
	byId('mode').after(toggle);
	if (matchMedia('(min-width: 62rem)').matches) {
		toggle.click();
	}
}
