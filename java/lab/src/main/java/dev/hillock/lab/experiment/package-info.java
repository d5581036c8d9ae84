/** The experiments of the field: each runs the same way every time, draws a picture and judges itself. */
package dev.hillock.lab.experiment;
