"""What licensees see: their licences with what is due, the certificate, and the papers for the recordal."""
