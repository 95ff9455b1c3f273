using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// The fields that <see cref="PipelineInfo"/> and <see cref="CreatePipelineRequest"/> share, found in their descriptors by name, so that a
/// field which a later release adds is carried and compared without anybody having to remember it.
/// </summary>
public static class PipelineSpecs
{
    /// <summary>The request that creates this pipeline, with every field that a request can carry.</summary>
    /// <remarks><c>update</c> and <c>reprocess</c> are requests, not state, and stay unset; so does <c>spec_commit</c>, which names a commit of the
    /// cluster it came from.</remarks>
    public static CreatePipelineRequest ToRequest(PipelineInfo pipeline) => throw new NotImplementedException();

    /// <summary>The names of the fields, as in the .proto files, in which two pipelines differ; empty where they are the same.</summary>
    public static IReadOnlyList<string> DifferingFields(PipelineInfo left, PipelineInfo right) => throw new NotImplementedException();

    /// <summary>Sets every field of the request that it leaves unset and the pipeline has: what extracts before 1.9.6 drop.</summary>
    /// <returns>The names of the fields that were filled in.</returns>
    public static IReadOnlyList<string> FillIn(CreatePipelineRequest request, PipelineInfo from) => throw new NotImplementedException();
}
