/** Plots as SVG, written by hand. */
package dev.hillock.lab.chart;
