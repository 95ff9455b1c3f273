using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// The fields that <see cref="PipelineInfo"/> and <see cref="CreatePipelineRequest"/> share, found in their descriptors by name, so that a
/// field which a later release adds is carried and compared without anybody having to remember it.
/// </summary>
public static class PipelineSpecs
{
    private const string SpecCommit = "spec_commit";

    /// <summary>The shared fields, as the pipeline and as the request has them, in the order of the pipeline's numbers.</summary>
    internal static ImmutableArray<(FieldDescriptor Info, FieldDescriptor Request)> SharedFields { get; } =
    [
        .. from info in PipelineInfo.Descriptor.Fields.InFieldNumberOrder()
           let request = CreatePipelineRequest.Descriptor.FindFieldByName(info.Name)
           where request is not null && info.Name != SpecCommit
           select (info, request),
    ];

    /// <summary>The request that creates this pipeline, with every field that a request can carry.</summary>
    /// <remarks><c>update</c> and <c>reprocess</c> are requests, not state, and stay unset; so does <c>spec_commit</c>, which names a commit of the
    /// cluster it came from.</remarks>
    public static CreatePipelineRequest ToRequest(PipelineInfo pipeline)
    {
        var request = new CreatePipelineRequest();
        FillIn(request, WithoutAssigned(pipeline));
        return request;
    }

    /// <summary>The pipeline that a request creates, with every field that a request can carry.</summary>
    public static PipelineInfo ToInfo(CreatePipelineRequest request)
    {
        var pipeline = new PipelineInfo();
        foreach (var field in SharedFields.Where(field => !IsUnset(field.Request, request)))
        {
            field.Info.Accessor.SetValue(pipeline, Copy(Value(field.Request, request)));
        }

        return pipeline;
    }

    /// <summary>The names of the fields, as in the .proto files, in which two pipelines differ; empty where they are the same.</summary>
    /// <remarks>An unset number, text or flag is the same as one that is set to its default, as always in proto3. A message that is unset is not
    /// the same as an empty one: an empty <c>spout</c> makes a pipeline a spout. Addresses of services do not count: Kubernetes gives them anew
    /// in every cluster.</remarks>
    public static IReadOnlyList<string> DifferingFields(PipelineInfo left, PipelineInfo right)
    {
        var (old, now) = (WithoutAssigned(left), WithoutAssigned(right));
        return [.. SharedFields.Where(field => !Equals(Value(field.Info, old), Value(field.Info, now))).Select(field => field.Info.Name)];
    }

    /// <summary>The pipeline without the addresses of its services, which Kubernetes gave them and which are no part of its spec.</summary>
    internal static PipelineInfo WithoutAssigned(PipelineInfo pipeline)
    {
        if (string.IsNullOrEmpty(pipeline.Service?.Ip) && string.IsNullOrEmpty(pipeline.Spout?.Service?.Ip))
        {
            return pipeline;
        }

        var spec = pipeline.Clone();
        foreach (var service in new[] { spec.Service, spec.Spout?.Service }.OfType<Service>())
        {
            service.Ip = "";
        }

        return spec;
    }

    /// <summary>Sets every field of the request that it leaves unset and the pipeline has: what extracts before 1.9.6 drop.</summary>
    /// <returns>The names of the fields that were filled in.</returns>
    public static IReadOnlyList<string> FillIn(CreatePipelineRequest request, PipelineInfo from)
    {
        var filled = SharedFields.Where(field => IsUnset(field.Request, request) && !IsUnset(field.Info, from)).ToList();
        foreach (var field in filled)
        {
            field.Request.Accessor.SetValue(request, Copy(Value(field.Info, from)));
        }

        return [.. filled.Select(field => field.Request.Name)];
    }

    /// <summary>The pipeline with the fields that it leaves unset as another one has them.</summary>
    public static PipelineInfo WithUnsetFrom(PipelineInfo pipeline, PipelineInfo other)
    {
        var filled = pipeline.Clone();
        foreach (var (field, _) in SharedFields.Where(field => IsUnset(field.Info, pipeline) && !IsUnset(field.Info, other)))
        {
            field.Accessor.SetValue(filled, Copy(Value(field, other)));
        }

        return filled;
    }

    private static bool IsUnset(FieldDescriptor field, IMessage message) => Equals(Value(field, message), Value(field, Empty(field.ContainingType)));

    private static object? Value(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message);

    private static IMessage Empty(MessageDescriptor type) => type.Parser.ParseFrom(ByteString.Empty);

    private static object? Copy(object? value) => value is IMessage message ? message.Descriptor.Parser.ParseFrom(message.ToByteString()) : value;
}
