/*
 * Events in class (035_classes.sql): what a class is — settings, venues, groups, who teaches, sessions. Who sits in
 * it: class_people.h; who was there: class_marks.h.
 */
#ifndef SERVER_STORE_CLASSES_H
#define SERVER_STORE_CLASSES_H

#include <glib.h>

#include "server/store/store.h"

#define CLASS_NAME_BYTES 401
#define CLASS_DAY_BYTES 11

/* Where and how learning is tested [ECM 3]. */
enum class_test {
	CLASS_TEST_ONLINE, /* on the platform */
	CLASS_TEST_QUESTIONNAIRE, /* these in class */
	CLASS_TEST_WRITTEN,
	CLASS_TEST_ORAL,
	CLASS_TEST_PRACTICAL,
	CLASS_TEST_REPORT,
	CLASS_TESTS,
};

/* "online", "questionnaire" … */
const char *class_test_name(enum class_test test);
bool class_test_parse(const char *name, enum class_test *ret);

struct class_setting {
	char project[16];       /* affiancamento, formatori, dirigenti; empty: none of the programme's */
	guint class_people;     /* of one class at most */
	guint presence_percent; /* of the hours */
	enum class_test test;
};

/* What was set, or the defaults: classes of 25, 90 % presence, the test on the platform [ECM 3]. */
void class_setting_load(struct db *db, int64_t event, struct class_setting *ret);
void class_setting_save(struct db *db, int64_t event, const struct class_setting *setting, int64_t by);

struct venue {
	int64_t id; /* 0: a new one */
	char name[201], address[201], town[101];
	guint seats; /* 0: not said */
};

/* struct venue each, by name. */
GArray *venues_all(struct db *db);
bool venue_by_id(struct db *db, int64_t id, struct venue *ret);
void venue_save(struct db *db, struct venue *venue, int64_t by);

struct class_group {
	int64_t id, event;
	char name[101];
	bool closed;
	int64_t closed_at, closed_by; /* 0 while open */
	guint invited, enrolled;      /* people */
	guint staff, tutors, sessions;
	int64_t planned_ms;           /* of all its sessions */
	char first_day[CLASS_DAY_BYTES], last_day[CLASS_DAY_BYTES]; /* empty without sessions */
	int64_t ends_at;              /* of its last session; 0 likewise */
	guint seats;                  /* of its smallest venue; 0: not said */
	char town[101];               /* of its first session */
};

/* struct class_group each, by name. */
GArray *class_groups(struct db *db, int64_t event);
bool class_group_by_id(struct db *db, int64_t id, struct class_group *ret);
bool class_group_by_name(struct db *db, int64_t event, const char *name, struct class_group *ret);
/* In a work function. Inserts (id 0, sets it) or renames. Refuses CLASS_GROUP_TWICE. */
bool class_group_save(struct db *db, struct class_group *group, int64_t by);
/* In a work function. False: somebody was enrolled or has signed in it. */
bool class_group_delete(struct db *db, int64_t id);
/* What was written when it was closed. Yours. */
char *class_group_report(struct db *db, int64_t id);
/* In a work function; each false when it is so already. */
bool class_group_close(struct db *db, int64_t id, const char *report, int64_t by);
bool class_group_reopen(struct db *db, int64_t id);

struct class_teacher {
	int64_t person;
	char role; /* 'D' docente, 'T' tutor, 'R' relatore */
	char family_name[CLASS_NAME_BYTES], given_name[CLASS_NAME_BYTES];
};

/* struct class_teacher each, by name. */
GArray *class_staff(struct db *db, int64_t group);
bool class_teaches(struct db *db, int64_t group, int64_t person);
void class_staff_set(struct db *db, int64_t group, int64_t person, char role);
void class_staff_remove(struct db *db, int64_t group, int64_t person);
struct class_teaching {
	struct class_teacher teacher;
	int64_t ms; /* of the sessions they held, or that their groups had without saying who held them */
};
/* struct class_teaching each, by name: over all groups of an event, sessions that are over at `now`. */
GArray *class_teaching(struct db *db, int64_t event, int64_t now);
/* struct class_group each: those a person teaches, the newest first. */
GArray *class_groups_taught(struct db *db, int64_t person);

struct class_session {
	int64_t id; /* 0: a new one */
	int64_t group, event;
	char day[CLASS_DAY_BYTES];
	int64_t begins_at, ends_at;
	int64_t venue, teacher; /* 0: not said */
	char venue_name[201], address[201], town[101], teacher_name[2 * CLASS_NAME_BYTES], group_name[101];
};

/* struct class_session each, by time. */
GArray *class_sessions(struct db *db, int64_t group);
bool class_session_by_id(struct db *db, int64_t id, struct class_session *ret);
void class_session_save(struct db *db, struct class_session *session, int64_t by);
/* In a work function. False: somebody has signed in it. */
bool class_session_delete(struct db *db, int64_t id);
/* struct class_session each: others at the same time in which a person has signed. */
GArray *class_sessions_signed(struct db *db, int64_t person, const struct class_session *session);
/* struct class_session each, `most` of them: of other groups, where a person has a place or teaches while this group meets. */
GArray *class_sessions_meanwhile(struct db *db, int64_t person, int64_t group, int64_t most);
/* Another session at the same time: of the same group, or with the same teacher. */
bool class_session_clash(struct db *db, const struct class_session *session, struct class_session *ret);

#endif
