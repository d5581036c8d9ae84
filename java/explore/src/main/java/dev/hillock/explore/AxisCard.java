package dev.hillock.explore;

import dev.hillock.catalogue.AxisDefinition;

/** What the cheat sheet says of a function over an axis. */
record AxisCard(String name, String formula, String derivative, String range) {
    static AxisCard of(AxisDefinition function) {
        return new AxisCard(function.name(), function.formula(), function.derivative(), function.range());
    }
}
