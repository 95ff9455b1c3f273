using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Enterprise;
using PachUp.Pachyderm.Wire.Health;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Pachyderm.Wire.Transaction;
using PachUp.Pachyderm.Wire.Version;

namespace PachUp.Conformance.Comparison;

/// <summary>The types of requests and answers of each method of a release.</summary>
public sealed class MessageTypes(Release release)
{
    private static readonly Dictionary<string, MethodDescriptor> Methods = new FileDescriptor[]
    {
        AdminReflection.Descriptor, AuthReflection.Descriptor, EnterpriseReflection.Descriptor, HealthReflection.Descriptor,
        PfsReflection.Descriptor, PpsReflection.Descriptor, TransactionReflection.Descriptor, VersionpbReflection.Descriptor,
    }
    .SelectMany(file => file.Services)
    .SelectMany(service => service.Methods)
    .ToDictionary(method => $"/{method.Service.FullName}/{method.Name}");

    /// <summary>The parser of a method's answers; null for an unknown method.</summary>
    public MessageParser? AnswerOf(string method) => method switch
    {
        "/pfs.ObjectAPI/ListObjects" when !ReleaseTraits.Of(release).ListsObjectInfos => Pachyderm.Wire.Pfs.Object.Parser,
        _ => Methods.GetValueOrDefault(method)?.OutputType.Parser,
    };

    /// <summary>The parser of a method's requests; null for an unknown method.</summary>
    public static MessageParser? RequestOf(string method) => Methods.GetValueOrDefault(method)?.InputType.Parser;
}
