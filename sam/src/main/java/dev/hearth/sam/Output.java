package dev.hearth.sam;

/// An entry of a template's `Outputs`.
public record Output(String name, String description, String value) {}
