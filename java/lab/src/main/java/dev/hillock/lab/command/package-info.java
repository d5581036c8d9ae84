/** The commands train, study and experiment. */
package dev.hillock.lab.command;
