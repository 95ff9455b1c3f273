using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Testing;

namespace PachUp.Tests.HostileTexts;

/// <summary>A server that answers every call with a message whose texts are all hostile.</summary>
internal static class HostileServer
{
    private const int Deepest = 5;

    private static readonly Dictionary<string, MessageDescriptor> Answers = new[]
    {
        Pachyderm.Wire.Admin.AdminReflection.Descriptor, Pachyderm.Wire.Auth.AuthReflection.Descriptor, Pachyderm.Wire.Enterprise.EnterpriseReflection.Descriptor,
        PfsReflection.Descriptor, Pachyderm.Wire.Pps.PpsReflection.Descriptor,
    }.SelectMany(file => file.Services).SelectMany(service => service.Methods).ToDictionary(method => $"/{method.Service.FullName}/{method.Name}", method => method.OutputType);

    /// <summary>Starts a server that says hostile texts in its answers.</summary>
    public static Task<FakePachd> StartAsync() => FakePachd.StartAsync((method, _) => method switch
    {
        "/versionpb.API/GetVersion" => Reply.Of(new Pachyderm.Wire.Version.Version { Major = 1, Minor = 8, Micro = 7, Additional = HostileText.Whole }),
        _ => Answers.TryGetValue(method, out var answer) ? Reply.Of(Fill(answer, 0)) : Reply.Error(12, HostileText.Whole),
    });

    /// <summary>Starts a server that refuses every call but the one for its release with a hostile text.</summary>
    public static Task<FakePachd> StartRefusingAsync() => FakePachd.StartAsync((method, _) => method == "/versionpb.API/GetVersion"
        ? Reply.Of(new Pachyderm.Wire.Version.Version { Major = 1, Minor = 8, Micro = 7 })
        : Reply.Error(2, HostileText.Whole));

    private static IMessage Fill(MessageDescriptor type, int depth)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(field => !field.IsMap))
        {
            if (ValueOf(field, depth) is not { } value)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private static object? ValueOf(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => HostileText.Whole,
        FieldType.Message when depth < Deepest => Fill(field.MessageType, depth + 1),
        _ => null,
    };
}
