/** The judgement of engines: against the reference in double precision, against each other, against golden hashes. */
package dev.hillock.check;
