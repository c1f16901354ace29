// The course itself: one screen at a time, a self-check, and what the platform must know of both.
// suspend_data is JSON: {v: 1, seen: "1101…", answers: {q1: "a"}, checked: bool, best: percent, tries: n}.
'use strict';

(function () {
	const data = window.courseData;
	const scorm = window.scorm;
	const byId = id => document.getElementById(id);
	const links = Array.from(document.querySelectorAll('#contents a'));
	const last = data.screens.length - 1;
	const normal = !scorm.active || !['browse', 'review'].includes(scorm.get('cmi.core.lesson_mode'));
	const state = restore();
	let current = 0;
	let shownAt = Date.now();

	function restore() {
		const fresh = { v: 1, seen: '0'.repeat(data.screens.length), answers: {}, checked: false, best: null, tries: 0 };
		try {
			const kept = JSON.parse(scorm.get('cmi.suspend_data'));
			return kept.v === 1 && kept.seen.length === fresh.seen.length ? Object.assign(fresh, kept) : fresh;
		} catch (error) {
			return fresh; // a first launch, or something that is not ours
		}
	}

	function save() {
		if (!normal) {
			return;
		}
		scorm.set('cmi.suspend_data', JSON.stringify(state));
		scorm.set('cmi.core.lesson_location', data.screens[current]);
		if (passed()) {
			scorm.set('cmi.core.lesson_status', 'passed');
		}
		scorm.commit();
	}

	function unseen() {
		return data.screens.filter((id, i) => state.seen[i] !== '1');
	}

	function passed() {
		return state.best !== null && state.best >= data.pass && unseen().length === 0;
	}

	function titleOf(id) {
		return links[data.screens.indexOf(id)].textContent;
	}

	/** Shows a screen; the heading takes the focus, so that reading starts there. */
	function show(number, focus) {
		current = number;
		shownAt = Date.now();
		state.seen = state.seen.slice(0, number) + '1' + state.seen.slice(number + 1);
		data.screens.forEach((id, i) => {
			byId(id).hidden = i !== number;
			links[i].classList.toggle('seen', state.seen[i] === '1');
			links[i].removeAttribute('aria-current');
		});
		links[number].setAttribute('aria-current', 'step');
		byId('position').textContent = `Schermata ${number + 1} di ${last + 1}`;
		byId('progress').value = state.seen.split('1').length - 1;
		byId('previous').disabled = number === 0;
		byId('next').disabled = number === last;
		document.title = `${titleOf(data.screens[number])} – ${document.querySelector('.course').textContent}`;
		if (number === last) {
			outcome();
		}
		window.scrollTo(0, 0);
		if (focus) {
			byId(`${data.screens[number]}-title`).focus({ preventScroll: true });
		}
		save();
	}

	/** The last page says plainly whether the module is done, and what is missing. */
	function outcome() {
		const missing = unseen();
		const lines = passed() ? [`Hai completato il modulo con il risultato di ${state.best} %. Puoi chiuderlo.`] : [];
		if (state.best === null) {
			lines.push('Manca ancora la verifica «Mettiti alla prova».');
		} else if (state.best < data.pass) {
			lines.push(`Il tuo miglior risultato: ${state.best} %. Serve almeno il ${data.pass} %. Puoi riprovare.`);
		}
		if (missing.length) {
			lines.push(`Schermate ancora da leggere: ${missing.map(titleOf).join(', ')}.`);
		}
		byId('outcome').className = passed() ? 'outcome good' : 'outcome bad';
		byId('outcome').replaceChildren(...lines.map(paragraph));
	}

	function paragraph(text) {
		const p = document.createElement('p');
		p.textContent = text;
		return p;
	}

	function answerOf(question) {
		return Array.from(document.querySelectorAll(`input[name="${question.id}"]:checked`), one => one.value).join('');
	}

	function remember() {
		data.questions.forEach(question => {
			state.answers[question.id] = answerOf(question);
		});
	}

	function report(question, answer, right) {
		const n = Number(scorm.get('cmi.interactions._count')) || 0;
		const element = `cmi.interactions.${n}.`;
		scorm.set(`${element}id`, `${data.id}-${question.id}`);
		scorm.set(`${element}type`, 'choice');
		scorm.set(`${element}time`, new Date().toTimeString().slice(0, 8));
		scorm.set(`${element}correct_responses.0.pattern`, question.key.split('').join(','));
		scorm.set(`${element}weighting`, '1');
		scorm.set(`${element}student_response`, answer.split('').join(','));
		scorm.set(`${element}result`, right ? 'correct' : 'wrong');
		scorm.set(`${element}latency`, scorm.timespan(Date.now() - shownAt));
	}

	/** Shows the verdict of each question; the right options are marked in words, not by colour alone. */
	function reveal() {
		data.questions.forEach(question => {
			const field = byId(question.id);
			const right = state.answers[question.id] === question.key;
			field.classList.add(right ? 'good' : 'bad');
			field.querySelector('.verdict').textContent = right ? 'Risposta esatta.' : 'Risposta non esatta.';
			field.querySelector('.feedback').hidden = false;
			field.querySelectorAll('input').forEach(input => {
				const mark = field.querySelector(`label[for="${input.id}"] .mark`);
				input.disabled = true;
				mark.hidden = !question.key.includes(input.value);
				mark.textContent = mark.hidden ? '' : '(risposta giusta)';
			});
		});
		document.querySelector('#questions [type="submit"]').hidden = true;
		byId('again').hidden = false;
	}

	function percent() {
		const right = data.questions.filter(question => state.answers[question.id] === question.key).length;
		return Math.round((100 * right) / data.questions.length);
	}

	function announce() {
		const now = percent();
		const enough = now >= data.pass;
		const advice = enough ? 'La verifica è superata: vai avanti.' : `Serve almeno il ${data.pass} %: rileggi i ` +
			'commenti e riprova.';
		byId('result').className = enough ? 'outcome good' : 'outcome bad';
		byId('result').replaceChildren(paragraph(`Risultato: ${now} %. ${advice}`));
	}

	function check(event) {
		event.preventDefault();
		remember();
		const empty = data.questions.find(question => !state.answers[question.id]);
		byId('missing').textContent = '';
		if (empty) {
			byId('missing').textContent = `Manca la risposta alla domanda ${data.questions.indexOf(empty) + 1}.`;
			byId(empty.id).querySelector('legend').focus();
			return;
		}
		state.checked = true;
		state.tries++;
		state.best = Math.max(state.best === null ? 0 : state.best, percent());
		if (normal) {
			data.questions.forEach(question => {
				report(question, state.answers[question.id], state.answers[question.id] === question.key);
			});
			scorm.set('cmi.core.score.min', '0');
			scorm.set('cmi.core.score.max', '100');
			scorm.set('cmi.core.score.raw', state.best);
		}
		reveal();
		announce();
		save();
	}

	function again() {
		state.checked = false;
		state.answers = {};
		byId('questions').reset();
		data.questions.forEach(question => {
			const field = byId(question.id);
			field.classList.remove('good', 'bad');
			field.querySelector('.feedback').hidden = true;
			field.querySelectorAll('input').forEach(input => {
				input.disabled = false;
			});
			field.querySelectorAll('.mark').forEach(mark => {
				mark.hidden = true;
			});
		});
		document.querySelector('#questions [type="submit"]').hidden = false;
		byId('again').hidden = true;
		byId('result').replaceChildren();
		byId('result').className = '';
		save();
		byId(data.questions[0].id).querySelector('legend').focus();
	}

	function fillAnswers() {
		data.questions.forEach(question => {
			for (const letter of state.answers[question.id] || '') {
				byId(`${question.id}-${letter}`).checked = true;
			}
		});
		if (state.checked) {
			reveal();
			announce();
		}
	}

	function toggleContents() {
		const open = byId('contents-button').getAttribute('aria-expanded') !== 'true';
		byId('contents-button').setAttribute('aria-expanded', String(open));
		byId('contents').classList.toggle('open', open);
	}

	function start() {
		if (!scorm.active) {
			byId('notice').textContent = 'Il modulo non è collegato alla piattaforma: i progressi non saranno conservati.';
		} else if (normal && ['not attempted', ''].includes(scorm.get('cmi.core.lesson_status'))) {
			scorm.set('cmi.core.lesson_status', 'incomplete');
		}
		byId('progress').max = last + 1;
		fillAnswers();
		const place = data.screens.indexOf(scorm.get('cmi.core.lesson_location'));
		show(place < 0 ? 0 : place, false);
	}

	byId('previous').addEventListener('click', () => show(current - 1, true));
	byId('next').addEventListener('click', () => show(current + 1, true));
	byId('questions').addEventListener('submit', check);
	byId('questions').addEventListener('change', () => {
		remember();
		save();
	});
	byId('again').addEventListener('click', again);
	byId('contents-button').addEventListener('click', toggleContents);
	links.forEach((link, i) => link.addEventListener('click', event => {
		event.preventDefault();
		if (byId('contents-button').getAttribute('aria-expanded') === 'true') {
			toggleContents();
		}
		show(i, true);
	}));
	start();
})();
