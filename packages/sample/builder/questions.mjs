// The self-check as an accessible form.
import { inline } from './text.mjs';
import { crc32 } from './crc32.mjs';

/**
 * Orders the options by a hash of course, question and text: always the same, yet the right one stands
 * anywhere. Each option gets the letter that SCORM 1.2 wants in a choice response.
 */
export function shuffled(question, course) {
	const place = option => crc32(Buffer.from(`${course} ${question.id} ${option.text}`));
	const options = [...question.options].sort((a, b) => place(a) - place(b))
		.map((option, i) => ({ ...option, letter: 'abcdef'[i] }));
	return { ...question, options, key: options.filter(option => option.right).map(option => option.letter).join('') };
}

function one({ id, type, stem, options, why }, number) {
	const kind = type === 'single' ? 'radio' : 'checkbox';
	const hint = type === 'single' ? 'Una sola risposta' : 'Più risposte';
	const choices = options.map(({ letter, text }) =>
		`<div class="choice"><input type="${kind}" id="${id}-${letter}" name="${id}" value="${letter}">` +
		`<label for="${id}-${letter}">${inline(text)} <span class="mark" hidden></span></label></div>`);
	return `<fieldset id="${id}"><legend tabindex="-1"><span class="number">Domanda ${number}</span> ${inline(stem)} ` +
		`<span class="hint">${hint}</span></legend>\n${choices.join('\n')}\n` +
		`<div class="feedback" hidden><p class="verdict"></p><p>${inline(why)}</p></div></fieldset>`;
}

export function form(questions) {
	return `<p>Rispondi alle ${questions.length} domande: per superare il modulo serve almeno il 70 % di risposte ` +
		'esatte. Puoi riprovare quante volte vuoi; le risposte sono conservate mentre le dai.</p>\n' +
		`<form id="questions" novalidate>\n${questions.map((q, i) => one(q, i + 1)).join('\n')}\n` +
		'<p id="missing" class="error" role="alert"></p>\n' +
		'<div class="actions"><button type="submit" class="primary">Controlla le risposte</button> ' +
		'<button type="button" id="again" hidden>Riprova</button></div></form>\n' +
		'<div id="result" role="status"></div>';
}

