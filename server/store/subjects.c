/*
 * Every subject's statements, prepared on each connection when it opens.
 */
#include "server/store/statement.h"

const struct subject_statements *const store_subjects[SUBJECT_MAX] = {
	[SUBJECT_PEOPLE] = &people_statements,
	[SUBJECT_SESSIONS] = &sessions_statements,
	[SUBJECT_SETTINGS] = &settings_statements,
	[SUBJECT_LEVELS] = &levels_statements,
	[SUBJECT_COURSES] = &courses_statements,
	[SUBJECT_PATH] = &path_statements,
	[SUBJECT_ATTEMPTS] = &attempts_statements,
	[SUBJECT_LAUNCHES] = &launches_statements,
	[SUBJECT_AUDIT] = &audit_statements,
	[SUBJECT_PLACEMENT] = &placement_statements,
	[SUBJECT_ECM] = &ecm_statements,
	[SUBJECT_GLOBALS] = &globals_statements,
	[SUBJECT_FINAL] = &final_statements,
	[SUBJECT_QUALITY] = &quality_statements,
	[SUBJECT_STANDARDS] = &standards_statements,
	[SUBJECT_VERSIONS] = &versions_statements,
	[SUBJECT_ADAPTIVE] = &adaptive_statements,
	[SUBJECT_CERTIFICATES] = &certificates_statements,
	[SUBJECT_PROVIDER] = &provider_statements,
	[SUBJECT_BOARD] = &board_statements,
	[SUBJECT_ELIGIBILITY] = &eligibility_statements,
	[SUBJECT_MAIL] = &mail_statements,
	[SUBJECT_CAMPAIGNS] = &campaigns_statements,
	[SUBJECT_IMPORTS] = &imports_statements,
	[SUBJECT_TERMS] = &terms_statements,
	[SUBJECT_PERSONAL] = &personal_statements,
	[SUBJECT_RETENTION] = &retention_statements,
	[SUBJECT_STAFF] = &staff_statements,
	[SUBJECT_EXPORTS] = &exports_statements,
	[SUBJECT_CLASSES] = &classes_statements,
	[SUBJECT_CLASS_PEOPLE] = &class_people_statements,
	[SUBJECT_CLASS_MARKS] = &class_marks_statements,
};
