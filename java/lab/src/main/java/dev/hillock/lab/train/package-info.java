/** Training: mini-batches, losses, optimisers, checkpoints, and what observers are told. */
package dev.hillock.lab.train;
