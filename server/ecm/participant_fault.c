#include "server/ecm/participant_fault.h"

static const struct fault_text texts[] = {
	[PERSON_NAME_EMPTY] = {"PERSON_NAME_EMPTY", SEVERITY_ERROR, "ECM 1.3", "Il $1 è vuoto.",
		"The $1 is empty.", "Completa l'anagrafica della persona.", "Complete the person's data."},
	[PERSON_NAME_CHARACTER] = {"PERSON_NAME_CHARACTER", SEVERITY_ERROR, "ECM 1.3",
		"Il $1 contiene «$2», che il tracciato non ammette e che non ha una lettera latina "
		"corrispondente.",
		"The $1 holds \"$2\", which the report does not allow and which has no Latin counterpart.",
		"Scrivi il nome in lettere latine, come sul documento d'identità.",
		"Write the name in Latin letters, as on the identity card."},
	[PERSON_NAME_LONG] = {"PERSON_NAME_LONG", SEVERITY_ERROR, "ECM 1.3", "Il $1 supera 100 caratteri.",
		"The $1 has more than 100 characters.", "Accorcia il nome.", "Shorten the name."},
	[PERSON_CONTRACT] = {"PERSON_CONTRACT", SEVERITY_ERROR, "ECM 1.3",
		"Manca la posizione lavorativa (L libero professionista, D dipendente, C convenzionato, P "
		"privo di occupazione).",
		"The kind of employment is missing (L free-lance, D employed, C under agreement, P "
		"unemployed).",
		"Completa il contratto nell'anagrafica della persona.",
		"Complete the contract in the person's data."},
	[PERSON_SPONSOR_MISSING] = {"PERSON_SPONSOR_MISSING", SEVERITY_ERROR, "ECM 1.6",
		"La persona è reclutata da uno sponsor, ma lo sponsor manca.",
		"The person is recruited by a sponsor, but the sponsor is missing.",
		"Scrivi il nome dello sponsor o togli il reclutamento.",
		"Name the sponsor or clear the recruitment."},
	[PERSON_SPONSOR_WITHOUT] = {"PERSON_SPONSOR_WITHOUT", SEVERITY_ERROR, "ECM 1.6",
		"C'è uno sponsor ma la persona non risulta reclutata.",
		"There is a sponsor but the person is not marked as recruited.",
		"Togli lo sponsor o segna il reclutamento.", "Clear the sponsor or mark the recruitment."},
	[PERSON_SPONSOR_SHAPE] = {"PERSON_SPONSOR_SHAPE", SEVERITY_ERROR, "ECM 1.3",
		"Il nome dello sponsor «$1» ha caratteri non ammessi o supera 100 caratteri.",
		"The sponsor's name \"$1\" has characters that are not allowed or more than 100 of them.",
		"Usa lettere senza accento, cifre, spazi e ' , ; - . ( ).",
		"Use plain letters, digits, spaces and ' , ; - . ( )."},
	[PERSON_CREDITS] = {"PERSON_CREDITS", SEVERITY_ERROR, "ECM 1.6",
		"I crediti acquisiti ($1) sono diversi da quelli dell'evento ($2).",
		"The credits earned ($1) differ from the event's ($2).", "Correggi i crediti.",
		"Mend the credits."},
	[PERSON_DATE_OUTSIDE] = {"PERSON_DATE_OUTSIDE", SEVERITY_WARNING, "ECM 1.6",
		"La data di acquisizione $1 è fuori dal periodo dell'evento ($2).",
		"The day of completion $1 is outside the event's dates ($2).",
		"Correggi le date dell'evento o assegna la persona a un'altra edizione.",
		"Mend the event's dates or put the person into another edition."},
	[PERSON_STAFF_DATE] = {"PERSON_STAFF_DATE", SEVERITY_ERROR, "ECM 1.6",
		"La data dei crediti di docenza o tutoraggio $1 è fuori dal periodo dell'evento ($2).",
		"The day of the credits for teaching or tutoring, $1, is outside the event's dates ($2).",
		"Correggi la data fra i docenti e tutor dell'evento, o le date dell'evento.",
		"Mend the day among the event's teachers and tutors, or the event's dates."},
	[PERSON_PROFESSION] = {"PERSON_PROFESSION", SEVERITY_ERROR, "ECM 1.3",
		"La professione $1 non esiste.", "The profession $1 does not exist.",
		"Scegli una professione dalla tabella.", "Choose a profession from the table."},
	[PERSON_DISCIPLINE_MISSING] = {"PERSON_DISCIPLINE_MISSING", SEVERITY_ERROR, "ECM 1.3",
		"Manca la disciplina della professione $1 ($2).",
		"The discipline of profession $1 ($2) is missing.",
		"Completa la disciplina; 113 se il medico è privo di specializzazione.",
		"Complete the discipline; 113 for a physician without a speciality."},
	[PERSON_DISCIPLINE] = {"PERSON_DISCIPLINE", SEVERITY_ERROR, "ECM 1.6",
		"La disciplina $1 non appartiene alla professione $2.",
		"The discipline $1 does not belong to the profession $2.",
		"Scegli una disciplina di quella professione.", "Choose a discipline of that profession."},
	[PERSON_TWICE] = {"PERSON_DISCIPLINE_TWICE", SEVERITY_ERROR, "ECM 1.1", "Il codice $1 è ripetuto.",
		"The code $1 is there twice.", "Togli la ripetizione.", "Remove one of them."},
	[PERSON_NOT_ACCREDITED] = {"PERSON_NOT_ACCREDITED", SEVERITY_WARNING, "ECM 1.7",
		"L'evento non è accreditato per la professione e le discipline della persona ($1).",
		"The event is not accredited for the person's profession and disciplines ($1).",
		"La persona non ha diritto ai crediti di questo evento.",
		"The person has no right to the credits of this event."},
	[PERSON_DUPLICATE] = {"PERSON_DUPLICATE", SEVERITY_ERROR, "ECM 1.1",
		"Il codice fiscale $1 è già nel rapporto: una persona può avere una riga sola.",
		"The tax code $1 is in the report already: a person has one row only.",
		"Unisci le due schede della persona.", "Merge the person's two records."},
};

char *participant_where(const struct participant *participant, const char *field)
{
	return g_strdup_printf("%s %s (%s), %s", participant->family_name, participant->given_name,
		*participant->codice_fiscale ? participant->codice_fiscale : "?", field);
}

void participant_fault_add(struct faults *faults, const struct participant *participant, enum participant_fault which,
	const char *field, const char *one, const char *two)
{
	g_autofree char *where = participant_where(participant, field);
	faults_add(faults, &texts[which], where, one, two);
}
