/** Networks: layers in a row, what they learn, what they run on, and the probes that look at them. */
package dev.hillock.lab.net;
