using PachUp.Testing;

namespace PachUp.Pachyderm.Tests;

/// <summary>Fuzzing counts the memory of the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(MutationFuzz.Collection, DisableParallelization = true)]
public sealed class FuzzCollection;
