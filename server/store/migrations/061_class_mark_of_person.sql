-- Where else somebody has signed at the same time: asked with every signature.
CREATE INDEX class_mark_of_person ON class_mark(person, session);
