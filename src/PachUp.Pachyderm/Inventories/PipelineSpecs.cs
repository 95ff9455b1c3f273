using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// The fields that <see cref="PipelineInfo"/> and <see cref="CreatePipelineRequest"/> share. They are found by name in the descriptors, so that new
/// fields of later releases are migrated and compared without a change here.
/// </summary>
public static class PipelineSpecs
{
    private const string SpecCommit = "spec_commit";

    /// <summary>The shared fields of both messages, in the order of the field numbers of the pipeline.</summary>
    internal static ImmutableArray<(FieldDescriptor Info, FieldDescriptor Request)> SharedFields { get; } =
    [
        .. from info in PipelineInfo.Descriptor.Fields.InFieldNumberOrder()
           let request = CreatePipelineRequest.Descriptor.FindFieldByName(info.Name)
           where request is not null && info.Name != SpecCommit
           select (info, request),
    ];

    /// <summary>The request that creates this pipeline, with all shared fields.</summary>
    /// <remarks>These fields stay unset: <c>update</c> and <c>reprocess</c>, because they are commands and not state, and <c>spec_commit</c>, because it
    /// names a commit of the original cluster.</remarks>
    public static CreatePipelineRequest ToRequest(PipelineInfo pipeline)
    {
        var request = new CreatePipelineRequest();
        FillIn(request, WithoutAssigned(pipeline));
        return request;
    }

    /// <summary>The pipeline that a request creates, with all shared fields.</summary>
    public static PipelineInfo ToInfo(CreatePipelineRequest request)
    {
        var pipeline = new PipelineInfo();
        foreach (var field in SharedFields.Where(field => !IsUnset(field.Request, request)))
        {
            field.Info.Accessor.SetValue(pipeline, Copy(Value(field.Request, request)));
        }

        return pipeline;
    }

    /// <summary>The names of the fields (as in the .proto files) in which two pipelines differ; empty if they are equal.</summary>
    /// <remarks>As in proto3, an unset number, text or flag is equal to its default value. An unset message is not equal to an empty message: an empty
    /// <c>spout</c> makes a pipeline a spout. Addresses of services are ignored, because every Kubernetes cluster assigns its own
    /// addresses.</remarks>
    public static IReadOnlyList<string> DifferingFields(PipelineInfo left, PipelineInfo right)
    {
        var (old, now) = (WithoutAssigned(left), WithoutAssigned(right));
        return [.. SharedFields.Where(field => !Equals(Value(field.Info, old), Value(field.Info, now))).Select(field => field.Info.Name)];
    }

    /// <summary>The pipeline without the addresses of its services, which Kubernetes assigns and which are not part of the spec.</summary>
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

    /// <summary>Sets the unset fields of a request from a pipeline. Extracts before 1.9.6 omit such fields.</summary>
    /// <returns>The names of the fields that were set.</returns>
    public static IReadOnlyList<string> FillIn(CreatePipelineRequest request, PipelineInfo from)
    {
        var filled = SharedFields.Where(field => IsUnset(field.Request, request) && !IsUnset(field.Info, from)).ToList();
        foreach (var field in filled)
        {
            field.Request.Accessor.SetValue(request, Copy(Value(field.Info, from)));
        }

        return [.. filled.Select(field => field.Request.Name)];
    }

    /// <summary>The pipeline, with its unset fields taken from another pipeline.</summary>
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
