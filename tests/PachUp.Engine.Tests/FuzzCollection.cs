using PachUp.Testing;

namespace PachUp.Engine.Tests;

/// <summary>Fuzz tests measure the memory of the whole process, so they run alone.</summary>
[CollectionDefinition(MutationFuzz.Collection, DisableParallelization = true)]
public sealed class FuzzCollection;
