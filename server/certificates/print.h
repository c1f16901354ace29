/* From an issued certificate to its PDF. A printer serves one thread and any number of certificates. */
#ifndef SERVER_CERTIFICATES_PRINT_H
#define SERVER_CERTIFICATES_PRINT_H

#include "server/app.h"
#include "server/store/certificates.h"

struct printer;

/* NULL with a problem: the provider's logo cannot be used. */
struct printer *printer_create(struct app *app, struct problem *problem);
void printer_destroy(struct printer *printer);

/* By the certificate's own template. NULL with a problem. Yours (g_bytes_unref). */
GBytes *printer_pdf(struct printer *printer, const struct certificate *certificate, struct problem *problem);

/* For the address that certificates name, also when they are printed by a command: fad serve leaves it here. */
#define CERTIFICATE_ORIGIN_SETTING "public_origin"

#endif
