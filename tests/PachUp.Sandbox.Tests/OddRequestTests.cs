using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using PachUp.Pachyderm.Wire.Admin;
using PachUp.Pachyderm.Wire.Auth;
using PachUp.Pachyderm.Wire.Enterprise;
using PachUp.Pachyderm.Wire.Pfs;
using PachUp.Pachyderm.Wire.Pps;
using PachUp.Pachyderm.Wire.Transaction;
using PachUp.Sdk.Testing;

namespace PachUp.Sandbox.Tests;

/// <summary>Every method of every service with requests that no client sends.</summary>
public sealed class OddRequestTests
{
    private const int Depth = 4;

    // The answer of gRPC for .NET to an unhandled exception.
    private const string Unhandled = "Exception was thrown by handler.";

    // Calls that wait for new items are cancelled.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly FileDescriptor[] Files =
    [
        PfsReflection.Descriptor, PpsReflection.Descriptor, AdminReflection.Descriptor,
        AuthReflection.Descriptor, EnterpriseReflection.Descriptor, TransactionReflection.Descriptor,
    ];

    public static TheoryData<string, string, string> Oddities
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var release in SandboxReleases.All)
            {
                data.Add(release.ToString(), "empty", "");
                data.Add(release.ToString(), "full", "");
                data.Add(release.ToString(), "full", "images");
                data.Add(release.ToString(), "full", "x^-1[");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task Every_method_answers_an_odd_request_with_the_text_of_the_real_server(string release, string parts, string text)
    {
        await using var cluster = await Clusters.StartAsync(release, $"{release}-world-full");
        using var channel = SandboxChannel.Open(cluster.Address);
        var unhandled = new List<string>();

        foreach (var method in Files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            var request = parts == "empty" ? [] : Fill(method.InputType, text, Depth).ToByteArray();
            if (await DetailOfAsync(channel, method, request) == Unhandled)
                unhandled.Add(method.FullName);
        }

        Assert.Empty(unhandled);
    }

    [Fact]
    public async Task Bytes_that_are_not_gRPC_are_refused_and_the_cluster_goes_on()
    {
        await using var cluster = await Clusters.StartAsync("1.9.12");
        using var channel = SandboxChannel.Open(cluster.Address);
        var random = new Random(1);

        foreach (var method in Files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            var noise = new byte[40];
            random.NextBytes(noise);
            await DetailOfAsync(channel, method, noise);
        }

        using var builder = new ClusterBuilder(cluster.Address);
        await builder.CreateRepoAsync("after");
    }

    private static async Task<string> DetailOfAsync(GrpcChannel channel, MethodDescriptor method, byte[] request)
    {
        var (service, name) = (method.Service.FullName, method.Name);
        var options = new CallOptions(deadline: DateTime.UtcNow + LongestWait);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(new Method<byte[], byte[]>(MethodType.DuplexStreaming, service, name, Bytes, Bytes), null, options);
        try
        {
            await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
            await call.ResponseStream.ReadAllAsync().CountAsync();
            return "";
        }
        catch (RpcException e)
        {
            return e.Status.Detail;
        }
    }

    /// <summary>A message with all fields set.</summary>
    private static IMessage Fill(MessageDescriptor type, string text, int depth)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in type.Fields.InDeclarationOrder().Where(field => !field.IsMap && (depth > 0 || field.FieldType != FieldType.Message)))
        {
            var value = ValueOf(field, text, depth);
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(value);
            else if (value is not null)
                field.Accessor.SetValue(message, value);
        }

        return message;
    }

    private static object? ValueOf(FieldDescriptor field, string text, int depth) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bytes => ByteString.CopyFromUtf8(text),
        FieldType.Message => Unwrapped(Fill(field.MessageType, text, depth - 1)),
        FieldType.Bool => true,
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => -1,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => -1L,
        FieldType.UInt32 or FieldType.Fixed32 => 7u,
        FieldType.UInt64 or FieldType.Fixed64 => 7ul,
        FieldType.Double => -1.5,
        FieldType.Float => -1.5f,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, 99),
        _ => null,
    };

    // Wrappers stand for plain values in C#.
    private static object? Unwrapped(IMessage message) =>
        message.Descriptor.File.Name == "google/protobuf/wrappers.proto" ? message.Descriptor.Fields[1].Accessor.GetValue(message) : message;
}
