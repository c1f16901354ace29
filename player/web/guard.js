/**
 * The player's window leaves for nowhere but where the player or the learner leads it. The frame's sandbox keeps the
 * course from navigating it, but a course shares this origin and may click on a link that it wrote into this page:
 * so the window itself refuses. What is asked of the browser here is taken before the course's code runs, which
 * could put its own in the place. (A browser without the Navigation API has the sandbox alone.)
 * @module
 */

const {apply} = Reflect;
/** @param {any} kind @param {string} name @returns {Function|undefined} */
const getter = (kind, name) => kind && Object.getOwnPropertyDescriptor(kind.prototype, name)?.get;
const {navigation, NavigateEvent, NavigationDestination, UserActivation} = /** @type {any} */ (window);
const prevent = Event.prototype.preventDefault;
const destination = getter(NavigateEvent, 'destination');
const sameDocument = getter(NavigationDestination, 'sameDocument');
const isActive = getter(UserActivation, 'isActive');
const activation = navigator.userActivation;
const assign = location.assign.bind(location);
const reloadPage = location.reload.bind(location);
let ours = false;

if (navigation && destination && sameDocument && isActive) {
	navigation.addEventListener('navigate', (/** @type {Event} */ event) => {
		const clicked = apply(isActive, activation, []);
		if (!ours && !clicked && !apply(sameDocument, apply(destination, event, []), [])) {
			apply(prevent, event, []);
		}
	});
}

/** @param {string} address */
export function leaveFor(address) {
	ours = true;
	assign(address);
	ours = false;
}

export function reload() {
	ours = true;
	reloadPage();
	ours = false;
}
