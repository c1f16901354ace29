/* What the routes of certificates share. */
#ifndef SERVER_CERTIFICATES_ROUTES_H
#define SERVER_CERTIFICATES_ROUTES_H

#include "server/http/request.h"
#include "server/store/certificates.h"

/* Answers with the PDF, as a download. */
void certificate_reply_pdf(
	struct request *request, struct reply *reply, const struct certificate *certificate);

#endif
