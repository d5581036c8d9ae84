/** The commands train and experiment. */
package dev.hillock.lab.command;
