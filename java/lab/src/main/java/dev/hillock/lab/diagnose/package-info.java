/** Instruments for anybody's arrays: dead units, saturation, moments of activations and gradients; streaming and mergeable. */
package dev.hillock.lab.diagnose;
